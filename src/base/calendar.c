/* SPDX-License-Identifier: Apache-2.0
 * calendar.c: proleptic Gregorian days. Conversions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#include "base.h"

#include <stdio.h>

bool dln_date_is_set(dateline_date date) {
    return date.year != 0 && date.month != 0 && date.day != 0;
}

int32_t dln_date_to_days(dateline_date date) {
    int32_t month = date.month == 0 ? 1 : date.month, day = date.day == 0 ? 1 : date.day;
    int32_t year = date.year - (month <= 2);
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t year_of_era = year - era * 400;
    int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

dateline_date dln_date_from_days(int32_t days) {
    days += 719468;
    int32_t era = (days >= 0 ? days : days - 146096) / 146097;
    int32_t day_of_era = days - era * 146097;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t shifted = (5 * day_of_year + 2) / 153; /* months from March */
    int32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (dateline_date){ (int16_t)(year_of_era + era * 400 + (month <= 2)), (uint8_t)month,
                            (uint8_t)(day_of_year - (153 * shifted + 2) / 5 + 1) };
}

unsigned dln_date_weekday(dateline_date date) {
    int32_t days = (dln_date_to_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (unsigned)(days < 0 ? days + 7 : days);
}

unsigned dln_date_month_days(int year, unsigned month) {
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12) return 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

dateline_date dln_date_add_months(dateline_date date, int months) {
    int total = date.year * 12 + (date.month == 0 ? 0 : date.month - 1) + months;
    int year = (total >= 0 ? total : total - 11) / 12;
    date.year = (int16_t)year;
    date.month = (uint8_t)(total - year * 12 + 1);
    unsigned last = dln_date_month_days(year, date.month);
    if (date.day > last) date.day = (uint8_t)last;
    return date;
}

int dln_date_compare(dateline_date a, dateline_date b) {
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    if (a.month != b.month) return a.month < b.month ? -1 : 1;
    return a.day < b.day ? -1 : a.day > b.day;
}

void dln_date_format(dateline_date date, char out[DLN_DATE_CHARS]) {
    unsigned year = (unsigned)(date.year < 0 ? 0 : date.year) % 10000u;
    unsigned month = date.month == 0 ? 1 : date.month, day = date.day == 0 ? 1 : date.day;
    snprintf(out, DLN_DATE_CHARS, "%04u-%02u-%02u", year, month % 100u, day % 100u);
}

static bool digits(dateline_str text, size_t at, size_t count, unsigned *value) {
    uint64_t number = 0;
    if (!dln_str_to_u64(dln_str_slice(text, at, at + count), &number)) return false;
    *value = (unsigned)number;
    return true;
}

dateline_date dateline_date_parse(dateline_str text) {
    unsigned year, month, day;
    dateline_date none = { 0, 0, 0 };
    if (text.len < 10 || text.ptr[4] != '-' || text.ptr[7] != '-') return none;
    if (text.len > 10 && text.ptr[10] != 'T' && text.ptr[10] != ' ' && text.ptr[10] != 't') return none;
    if (!digits(text, 0, 4, &year) || !digits(text, 5, 2, &month) || !digits(text, 8, 2, &day)) return none;
    if (year == 0 || day < 1 || day > dln_date_month_days((int)year, month)) return none;
    return (dateline_date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
}
