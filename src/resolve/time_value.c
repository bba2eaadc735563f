/* SPDX-License-Identifier: Apache-2.0
 * time_value.c: calendar arithmetic in the units of time expressions, and values in TIMEX3 form. */
#include "resolve/times.h"

/* Months in a unit of months; 0: it is none. */
static int32_t months_in(dateline_str unit) {
    if (dln_str_is(unit, "M")) return 1;
    if (dln_str_is(unit, "Q")) return 3;
    if (dln_str_is(unit, "Y")) return 12;
    if (dln_str_is(unit, "E")) return 120;
    if (dln_str_is(unit, "C")) return 1200;
    return 0;
}

static int32_t days_in(dateline_str unit) {
    if (dln_str_is(unit, "D")) return 1;
    if (dln_str_is(unit, "W")) return 7;
    return dln_str_is(unit, "W2") ? 14 : 0;
}

/* Years outside 1 to 9999 are not known. */
static dateline_date checked(int64_t days) {
    const dateline_date none = { 0, 0, 0 };
    if (days < -719162 || days > 2932896) return none;
    return dln_date_from_days((int32_t)days);
}

dateline_date dln_time_shift(dateline_date day, int32_t count, dateline_str unit) {
    if (!dln_date_is_set(day)) return day;
    int64_t months = (int64_t)count * months_in(unit);
    if (months > 120000 || months < -120000) return (dateline_date){ 0, 0, 0 };
    if (months == 0) return checked(dln_date_to_days(day) + (int64_t)count * days_in(unit));
    int64_t total = (int64_t)day.year * 12 + months;
    if (total < 24 || total > 119988) return (dateline_date){ 0, 0, 0 };
    return dln_date_add_months(day, (int)months);
}

dateline_date dln_time_shift_half(dateline_date day, int32_t direction, dateline_str unit) {
    int32_t months = months_in(unit) / 2;
    if (months > 0) return dln_time_shift(day, direction * months, DLN_STR("M"));
    int32_t days = dln_str_is(unit, "M") ? 15 : days_in(unit) / 2;
    return dln_time_shift(day, direction * days, DLN_STR("D"));
}

dln_time_value dln_time_day_of(dateline_date day) {
    return (dln_time_value){
        .type = DATELINE_TIME_DATE, .form = DLN_TIME_VALUE_DAY, .day = day, .clock = DLN_TIME_NO_CLOCK
    };
}

dln_time_value dln_time_unit_of(dateline_date day, dateline_str unit) {
    dln_time_value value = dln_time_day_of(day);
    if (dln_str_starts(unit, DLN_STR("W"))) value.form = DLN_TIME_VALUE_WEEK;
    if (dln_str_is(unit, "M")) value.form = DLN_TIME_VALUE_MONTH;
    if (dln_str_is(unit, "Q")) value.form = DLN_TIME_VALUE_QUARTER;
    if (dln_str_is(unit, "Y")) value.form = DLN_TIME_VALUE_YEAR;
    if (dln_str_is(unit, "E")) value.form = DLN_TIME_VALUE_DECADE;
    if (dln_str_is(unit, "C")) value.form = DLN_TIME_VALUE_CENTURY;
    return value;
}

dln_time_value dln_time_amount_of(int32_t count, dateline_str unit) {
    return (dln_time_value){ .type = DATELINE_TIME_DURATION,
                             .form = DLN_TIME_VALUE_AMOUNT,
                             .count = count,
                             .unit = unit,
                             .clock = DLN_TIME_NO_CLOCK };
}

/* ---------------------------------------------------------------- writing */

static void write_week(dln_buf *out, dateline_date day) {
    unsigned weekday = dln_date_weekday(day);
    dateline_date thursday = dln_date_from_days(dln_date_to_days(day) - (int32_t)weekday + 3);
    int32_t new_year = dln_date_to_days((dateline_date){ thursday.year, 1, 1 });
    dln_buf_add_format(out, "%04d-W%02d", thursday.year, (dln_date_to_days(thursday) - new_year) / 7 + 1);
}

static void write_day(dln_buf *out, const dln_time_value *value) {
    char day[DLN_DATE_CHARS] = "XXXX-XX-XX";
    if (value->day.month != 0) dln_date_format(value->day, day);
    if (value->day.year == 0) memset(day, 'X', 4);
    dln_buf_add(out, dateline_str_from(day));
    dln_buf_add(out, value->tail);
    if (value->clock >= 0) dln_buf_add_format(out, "T%02d:%02d", value->clock / 60, value->clock % 60);
}

/* Half a unit, in a smaller one. */
static dateline_str half_of(dateline_str unit) {
    static const char *const halves[][2] = { { "TS", "T0.5S" }, { "TM", "T30S" }, { "TH", "T30M" }, { "D", "T12H" },
                                             { "W", "0.5W" },   { "M", "15D" },   { "Q", "6W" },    { "Y", "6M" },
                                             { "E", "5Y" },     { "C", "50Y" } };
    for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
        if (dln_str_is(unit, halves[i][0])) return dateline_str_from(halves[i][1]);
    }
    return (dateline_str){ "", 0 };
}

/* 'P3D', 'PXW', 'PT1M30S', 'P2Y6M', 'P50Y'. */
static void write_amount(dln_buf *out, const dln_time_value *value) {
    dateline_str unit = value->unit, half = value->half ? half_of(unit) : (dateline_str){ "", 0 };
    bool clock = unit.len == 2 && unit.ptr[0] == 'T';
    int32_t count = value->count;
    if (dln_str_is(unit, "W2") && count > 0) count *= 2;
    if ((dln_str_is(unit, "E") || dln_str_is(unit, "C")) && count > 0) {
        count *= dln_str_is(unit, "E") ? 10 : 100;
        unit = DLN_STR("Y");
    }
    dln_buf_add_char(out, 'P');
    bool only_half = count == 0 && half.len > 0;
    if (!only_half) {
        if (clock) dln_buf_add_char(out, 'T');
        if (count < 0) dln_buf_add_char(out, 'X');
        else dln_buf_add_format(out, "%d", count);
        if (unit.len > 0) dln_buf_add_char(out, unit.ptr[clock ? 1 : 0]);
    }
    if (!only_half && clock && half.len > 0) half = dln_str_slice(half, 1, half.len); /* one T is enough */
    dln_buf_add(out, half);
}

static void write_in_year(dln_buf *out, const dln_time_value *value) {
    int year = value->day.year, month = value->day.month == 0 ? 1 : value->day.month;
    if (year == 0) dln_buf_add(out, DLN_STR("XXXX"));
    else dln_buf_add_format(out, "%04d", year);
    switch (value->form) {
    case DLN_TIME_VALUE_MONTH: dln_buf_add_format(out, "-%02d", month); break;
    case DLN_TIME_VALUE_QUARTER: dln_buf_add_format(out, "-Q%d", (month + 2) / 3); break;
    case DLN_TIME_VALUE_HALF: dln_buf_add_format(out, "-H%d", (month + 5) / 6); break;
    case DLN_TIME_VALUE_SEASON: dln_buf_add_format(out, "-%.*s", DLN_STR_ARG(value->tail)); break;
    default: break;
    }
}

static void write_value(dln_buf *out, const dln_time_value *value) {
    bool known = dln_date_is_set(value->day);
    switch (value->form) {
    case DLN_TIME_VALUE_TEXT: dln_buf_add(out, value->tail); break;
    case DLN_TIME_VALUE_DAY: write_day(out, value); break;
    case DLN_TIME_VALUE_WEEKDAY:
        dln_buf_add_format(out, "XXXX-WXX-%d", value->count);
        dln_buf_add(out, value->tail);
        break;
    case DLN_TIME_VALUE_WEEK:
    case DLN_TIME_VALUE_WEEKEND:
        if (known) write_week(out, value->day);
        else dln_buf_add(out, DLN_STR("XXXX-WXX"));
        if (value->form == DLN_TIME_VALUE_WEEKEND) dln_buf_add(out, DLN_STR("-WE"));
        break;
    case DLN_TIME_VALUE_DECADE:
        if (value->day.year > 0) dln_buf_add_format(out, "%03d", value->day.year / 10);
        else dln_buf_add(out, DLN_STR("XXX"));
        break;
    case DLN_TIME_VALUE_CENTURY:
        if (value->day.year > 0) dln_buf_add_format(out, "%02d", value->day.year / 100);
        else dln_buf_add(out, DLN_STR("XX"));
        break;
    case DLN_TIME_VALUE_AMOUNT: write_amount(out, value); break;
    case DLN_TIME_VALUE_NONE: break;
    default: write_in_year(out, value); break;
    }
}

dateline_str dln_time_write(dln_arena *arena, const dln_time_value *value) {
    dln_buf out;
    dln_buf_init(&out);
    write_value(&out, value);
    dateline_str text = dln_arena_str(arena, dln_buf_str(&out));
    if (out.status != DATELINE_OK) arena->status = out.status;
    dln_buf_release(&out);
    return text;
}

/* The first day of a year, month … and how exact that is: a quarter or season is as exact as its year. */
dateline_date dln_time_begin(const dln_time_value *value, dateline_grain *grain) {
    dateline_date day = value->day;
    *grain = DATELINE_GRAIN_NONE;
    if (value->type == DATELINE_TIME_DURATION || value->type == DATELINE_TIME_SET || day.year == 0) {
        return (dateline_date){ 0, 0, 0 };
    }
    switch (value->form) {
    case DLN_TIME_VALUE_DAY: *grain = DATELINE_GRAIN_DAY; return day;
    case DLN_TIME_VALUE_WEEKEND:
    case DLN_TIME_VALUE_WEEK:
        *grain = DATELINE_GRAIN_WEEK;
        return dln_date_from_days(dln_date_to_days(day) - (int32_t)dln_date_weekday(day));
    case DLN_TIME_VALUE_MONTH: *grain = DATELINE_GRAIN_MONTH; return (dateline_date){ day.year, day.month, 1 };
    case DLN_TIME_VALUE_QUARTER:
    case DLN_TIME_VALUE_HALF:
    case DLN_TIME_VALUE_SEASON:
    case DLN_TIME_VALUE_YEAR: *grain = DATELINE_GRAIN_YEAR; return (dateline_date){ day.year, 1, 1 };
    default: return (dateline_date){ 0, 0, 0 };
    }
}
