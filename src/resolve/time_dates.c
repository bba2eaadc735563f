/* SPDX-License-Identifier: Apache-2.0
 * time_dates.c: days, dates, holidays, years, decades, seasons and quarters. */
#include "resolve/times.h"

/* The weekday nearest to `from` before it (side -1: strictly before), after it (1), or on or before it (0). */
dateline_date dln_time_weekday_near(dateline_date from, int32_t weekday, int side) {
    if (!dln_date_is_set(from)) return from;
    int32_t days = dln_date_to_days(from), ahead = (weekday - 1 - (int32_t)dln_date_weekday(from) + 7) % 7;
    if (side > 0) days += ahead == 0 ? 7 : ahead;
    else days += ahead == 0 ? (side < 0 ? -7 : 0) : ahead - 7;
    return dln_date_from_days(days);
}

/* The year that a month and day without one belong to: the nearest, or the nearest on the side that the words say,
 * where they are not all too near to tell. */
static dateline_date with_year(dateline_date now, int32_t month, int32_t day, int side) {
    dateline_date date = { now.year, (uint8_t)month, (uint8_t)(day == 0 ? 1 : day) };
    if (now.year == 0) return date; /* month and day alone */
    if (side == 0 && day == 0) side = -1;
    int32_t apart = (month - now.month) * 31 + (day == 0 ? 0 : day - now.day), slack = day == 0 ? 0 : 62;
    if (apart > (side < 0 ? slack : side > 0 ? 310 : 186)) date.year--;
    if (apart < (side > 0 ? -62 : side < 0 ? -310 : -186)) date.year++;
    unsigned last = dln_date_month_days(date.year, date.month);
    if (date.day > last) date.day = (uint8_t)last;
    return date;
}

/* … where the weekday is given too, the nearest year in which it fits. */
static dateline_date with_weekday(dateline_date date, unsigned weekday) {
    static const int steps[] = { 0, -1, 1, -2, 2 };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && dln_date_is_set(date); i++) {
        dateline_date other = date;
        other.year = (int16_t)(date.year + steps[i]);
        bool exists = other.year > 0 && other.day <= dln_date_month_days(other.year, other.month);
        if (exists && dln_date_weekday(other) == weekday) return other;
    }
    return date;
}

/* ---------------------------------------------------------------- days and dates */

/* A part of the day behind a day: 'Sunday night'. */
void dln_time_take_part(const dln_time_reader *r, dln_time_match *m) {
    const dln_time_word *part = dln_time_take(r, &m->end, DLN_TIME_PART);
    if (part == NULL) return;
    m->value.type = DATELINE_TIME_TIME;
    m->value.tail = part->value;
}

dln_time_value dln_time_month(int32_t year, int32_t month) {
    return dln_time_unit_of((dateline_date){ (int16_t)year, (uint8_t)month, 1 }, DLN_STR("M"));
}

dln_time_value dln_time_day(int32_t year, int32_t month, int32_t day) {
    unsigned last = dln_date_month_days(year, (unsigned)month);
    if ((unsigned)day > last) day = (int32_t)last;
    return dln_time_day_of((dateline_date){ (int16_t)year, (uint8_t)month, (uint8_t)day });
}

/* What follows 'October': '4, 1987', '1987', '4', nothing. */
static bool month_first(const dln_time_reader *r, uint32_t start, int32_t month, dln_time_match *m) {
    uint32_t next = m->end;
    int32_t day = 0, year = 0;
    bool has_day = dln_time_take_month_day(r, &next, &day);
    if (has_day) m->end = next;
    dln_time_take_form(r, &next, ",");
    dln_time_take_form(r, &next, "of");
    if (dln_time_take_year(r, &next, &year)) {
        m->end = next;
        m->value = has_day ? dln_time_day(year, month, day) : dln_time_month(year, month);
        return true;
    }
    uint32_t year_at = m->end;
    const dln_time_word *direction = dln_time_take(r, &year_at, DLN_TIME_DIRECTION);
    dateline_date date;
    if (direction != NULL && dln_time_take_form(r, &year_at, "year") && r->now.year != 0) { /* 'June last year' */
        date = dln_time_day(r->now.year + direction->number, month, has_day ? day : 1).day;
        m->end = year_at;
    } else {
        date = with_year(r->now, month, day, dln_time_side(r, start));
    }
    m->value = has_day ? dln_time_day_of(date) : dln_time_unit_of(date, DLN_STR("M"));
    return true;
}

/* '4 October 1987', 'the fourth of October' */
static bool day_first(const dln_time_reader *r, uint32_t start, dln_time_match *m) {
    uint32_t next = start;
    int32_t day, year = 0;
    dln_time_take_form(r, &next, "the");
    if (!dln_time_take_month_day(r, &next, &day)) return false;
    dln_time_take_form(r, &next, "of");
    const dln_time_word *month = dln_time_take(r, &next, DLN_TIME_MONTH);
    if (month == NULL) return false;
    m->end = next;
    dln_time_take_form(r, &next, ",");
    if (dln_time_take_year(r, &next, &year)) {
        m->end = next;
        m->value = dln_time_day(year, month->number, day);
    } else {
        m->value = dln_time_day_of(with_year(r->now, month->number, day, dln_time_side(r, start)));
    }
    return true;
}

/* 'May', 'March' and 'Jan' are other words too: alone they need a preposition. */
static bool is_doubtful_month(const dln_time_reader *r, uint32_t at, const dln_time_match *m) {
    bool alone = m->end == at + 1;
    return alone && dln_time_is(r, at, DLN_TIME_DOUBTFUL) && !dln_time_follows(r, at, DLN_TIME_YEAR_OPENER);
}

static bool try_date(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    const dln_time_word *weekday = dln_time_take(r, &next, DLN_TIME_WEEKDAY);
    if (weekday != NULL) dln_time_take_form(r, &next, ",");
    if (!day_first(r, next, m)) {
        uint32_t month_at = next;
        const dln_time_word *month = dln_time_take(r, &next, DLN_TIME_MONTH);
        if (month == NULL) return false;
        m->end = next;
        month_first(r, month_at, month->number, m);
    }
    if (weekday == NULL) return !is_doubtful_month(r, at, m);
    m->value.day = with_weekday(m->value.day, (unsigned)weekday->number - 1);
    return m->value.form == DLN_TIME_VALUE_DAY;
}

/* '2023-09-13', '9/13/2023', '13.9.2023' */
static bool try_numeric_date(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    dateline_str text = dln_time_form_at(r, at);
    dateline_date date = dateline_date_parse(text);
    if (!dln_date_is_set(date)) {
        char separator = dln_str_find(text, DLN_STR("/"), 0) != SIZE_MAX ? '/' : '.';
        int32_t part[3];
        for (size_t i = 0; i < 3; i++) part[i] = dln_time_digits(dln_str_part(&text, separator));
        if (text.len > 0 || part[2] < 1000 || part[0] < 1 || part[1] < 1) return false;
        int32_t month = separator == '/' ? part[0] : part[1], day = separator == '/' ? part[1] : part[0];
        if (month > 12 || (unsigned)day > dln_date_month_days(part[2], (unsigned)month)) return false;
        date = (dateline_date){ (int16_t)part[2], (uint8_t)month, (uint8_t)day };
    }
    m->end = at + 1;
    m->value = dln_time_day_of(date);
    return true;
}

static bool try_weekday(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_WEEKDAY);
    if (word == NULL) return false;
    int side = dln_time_side(r, at) > 0 ? 1 : 0;
    bool is_today = dln_date_is_set(r->now) && (int32_t)dln_date_weekday(r->now) == word->number - 1;
    m->value = dln_time_day_of(dln_time_weekday_near(r->now, word->number, is_today ? 0 : side));
    if (!dln_date_is_set(r->now)) {
        m->value.form = DLN_TIME_VALUE_WEEKDAY;
        m->value.count = word->number;
    }
    dln_time_take_part(r, m);
    return true;
}

static bool try_day_word(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_DAY);
    if (word != NULL) {
        m->value = dln_time_day_of(dln_time_shift(r->now, word->number, DLN_STR("D")));
        dln_time_take_part(r, m);
        return true;
    }
    word = dln_time_take(r, &m->end, DLN_TIME_DAY_PART | DLN_TIME_NIGHT_BEFORE);
    if (word == NULL) return false;
    bool before = (word->classes & DLN_TIME_NIGHT_BEFORE) != 0;
    m->value = dln_time_day_of(before ? dln_time_shift(r->now, -1, DLN_STR("D")) : r->now);
    m->value.type = DATELINE_TIME_TIME;
    m->value.tail = before ? DLN_STR("TNI") : word->value;
    return true;
}

/* A holiday in a year. Its value is month-day, or month-week-weekday: '11-4-4' is the fourth Thursday of November, week
 * 5 the last one. */
static dateline_date holiday_in(int32_t year, dateline_str rule) {
    int32_t part[3] = { 0, 0, 0 };
    for (size_t i = 0; i < 3 && rule.len > 0; i++) part[i] = dln_time_digits(dln_str_part(&rule, '-'));
    if (year < 1 || part[0] < 1 || part[0] > 12 || part[1] < 1 || part[1] > 31) return (dateline_date){ 0, 0, 0 };
    dateline_date day = { (int16_t)year, (uint8_t)part[0], (uint8_t)part[1] };
    if (part[2] < 1) return day;
    day.day = 1;
    int32_t first = (part[2] - 1 - (int32_t)dln_date_weekday(day) + 7) % 7 + 1, date = first + 7 * (part[1] - 1);
    while (date > (int32_t)dln_date_month_days(year, (unsigned)part[0])) date -= 7;
    day.day = (uint8_t)date;
    return day;
}

static bool try_holiday(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *direction = dln_time_take(r, &m->end, DLN_TIME_DIRECTION);
    uint32_t name = m->end;
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_HOLIDAY);
    if (word == NULL || !dln_time_has_capital(r, name)) return false;
    uint32_t next = m->end;
    int32_t year = r->now.year;
    dln_time_take_form(r, &next, ",");
    if (dln_time_take_year(r, &next, &year)) {
        m->end = next;
        m->value = dln_time_day_of(holiday_in(year, word->value));
        return true;
    }
    dateline_date day = holiday_in(year, word->value);
    int side = direction == NULL ? dln_time_side(r, at) : direction->number;
    if (dln_date_is_set(day)) year = with_year(r->now, day.month, day.day, side).year;
    if (direction != NULL && side < 0 && dln_date_compare(day, r->now) >= 0) year = r->now.year - 1;
    m->value = dln_time_day_of(holiday_in(year, word->value));
    return true;
}

/* ---------------------------------------------------------------- years, decades, centuries */

static bool try_year(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    int32_t year;
    bool named = false;
    if (dln_time_take_form(r, &next, "the")) named = dln_time_take_form(r, &next, "year");
    if (next > at && !named) return false;
    named = dln_time_take_form(r, &next, "fiscal") || named;
    if (!dln_time_take_year(r, &next, &year)) return false;
    if (!named && !dln_time_follows(r, at, DLN_TIME_YEAR_OPENER)) return false;
    if (!named && (year < 1500 || year > 2050)) return false;
    m->end = next;
    m->value = dln_time_unit_of((dateline_date){ (int16_t)year, 1, 1 }, DLN_STR("Y"));
    return true;
}

/* 'the 1988 period' */
static bool try_year_period(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    int32_t year;
    if (!dln_time_take_form(r, &next, "the") || !dln_time_take_year(r, &next, &year)) return false;
    if (dln_time_take(r, &next, DLN_TIME_PERIOD) == NULL) return false;
    m->end = next;
    m->value = dln_time_unit_of((dateline_date){ (int16_t)year, 1, 1 }, DLN_STR("Y"));
    return true;
}

/* '1980s', ''80s', with 'the' before */
static bool try_decade(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    dln_time_take_form(r, &next, "the");
    dln_time_skip(r, &next, DLN_TIME_OPENER);
    dateline_str text = dln_time_form_at(r, next);
    if (dln_str_starts(text, DLN_STR("mid-"))) text = dln_str_slice(text, 4, text.len);
    if (text.len < 3 || text.ptr[text.len - 1] != 's') return false;
    text.len--;
    bool apostrophe = text.ptr[0] == '\'' || (uint8_t)text.ptr[0] == 0xE2;
    if (apostrophe) text = dln_str_slice(text, text.ptr[0] == '\'' ? 1 : 3, text.len);
    int32_t year = dln_time_digits(text);
    if (text.len == 2 && apostrophe) year += 1900;
    if (year < 1000 || year > 2200 || year % 10 != 0) return false;
    m->end = next + 1;
    m->value = dln_time_unit_of((dateline_date){ (int16_t)year, 1, 1 }, DLN_STR("E"));
    return true;
}

static bool try_century(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    int32_t number;
    dln_time_take_form(r, &next, "the");
    dln_time_skip(r, &next, DLN_TIME_OPENER);
    if (!dln_time_take_month_day(r, &next, &number) || number > 30) return false;
    dln_time_take_hyphen(r, &next);
    if (!dln_time_take_form(r, &next, "century")) return false;
    m->end = next;
    m->value = dln_time_unit_of((dateline_date){ (int16_t)((number - 1) * 100 + (number == 1)), 1, 1 }, DLN_STR("C"));
    return true;
}

/* ---------------------------------------------------------------- seasons, quarters */

dln_time_value dln_time_season(int32_t year, dateline_str season) {
    dln_time_value value = dln_time_unit_of((dateline_date){ (int16_t)year, 1, 1 }, DLN_STR("Y"));
    value.form = DLN_TIME_VALUE_SEASON;
    value.tail = season;
    return value;
}

/* First month of a season on the northern half. */
static int32_t season_month(dateline_str season) {
    if (dln_str_is(season, "SP")) return 3;
    if (dln_str_is(season, "SU")) return 6;
    return dln_str_is(season, "FA") ? 9 : 12;
}

int32_t dln_time_season_year(const dln_time_reader *r, dateline_str season, int32_t direction) {
    int32_t begins = season_month(season), month = r->now.month, year = r->now.year;
    if (year == 0) return 0;
    if (direction < 0) return month > begins + 2 ? year : year - 1;
    if (direction > 0) return month >= begins ? year + 1 : year;
    return year;
}

static bool try_season(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    bool the = dln_time_take_form(r, &next, "the");
    dln_time_skip(r, &next, DLN_TIME_OPENER);
    const dln_time_word *word = dln_time_take(r, &next, DLN_TIME_SEASON);
    if (word == NULL) return false;
    m->end = next;
    int32_t year;
    bool of = dln_time_take_form(r, &next, "of");
    if (dln_time_take_year(r, &next, &year)) {
        m->end = next;
        m->value = dln_time_season(year, word->value);
        return true;
    }
    m->value = dln_time_season(dln_time_season_year(r, word->value, 0), word->value);
    return the && !of && dln_time_follows(r, at, DLN_TIME_SPAN_OPENER);
}

dln_time_value dln_time_quarter(int32_t year, int32_t quarter) {
    dateline_date day = { (int16_t)year, (uint8_t)(quarter * 3 - 2), 1 };
    return dln_time_unit_of(day, DLN_STR("Q"));
}

/* The last such quarter that has begun. */
static int32_t quarter_year(const dln_time_reader *r, int32_t quarter) {
    if (r->now.year == 0) return 0;
    return quarter * 3 - 2 > r->now.month ? r->now.year - 1 : r->now.year;
}

bool dln_time_take_quarter(const dln_time_reader *r, uint32_t *at, int32_t *quarter, bool *compound) {
    uint32_t next = *at;
    dln_time_skip(r, &next, DLN_TIME_PASSED_OVER);
    dln_time_take_hyphen(r, &next);
    const dln_time_word *ordinal = dln_time_take(r, &next, DLN_TIME_ORDINAL);
    if (ordinal == NULL || ordinal->number > 4) return false;
    *compound = dln_time_take_hyphen(r, &next);
    if (!dln_time_take_form(r, &next, "quarter")) return false;
    *quarter = ordinal->number;
    *at = next;
    return true;
}

/* 'year-ago', 'year-earlier' */
bool dln_time_take_year_earlier(const dln_time_reader *r, uint32_t *at) {
    uint32_t next = *at;
    if (!dln_time_take_form(r, &next, "year") || !dln_time_take_hyphen(r, &next)) return false;
    if (dln_time_take(r, &next, DLN_TIME_RELATION | DLN_TIME_RELATION_THERE) == NULL) return false;
    *at = next;
    return true;
}

static bool try_quarter(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    int32_t quarter, year = 0;
    bool compound, the = dln_time_take_form(r, &next, "the");
    if (the) dln_time_take_year(r, &next, &year);
    if (the && year == 0 && dln_time_take_year_earlier(r, &next) && r->now.year > 1) year = -1;
    if (!dln_time_take_quarter(r, &next, &quarter, &compound) || (compound && the)) return false;
    if (year < 0) year = quarter_year(r, quarter) - 1;
    m->end = next;
    if (year == 0 && dln_time_take_form(r, &next, "of")) {
        dln_time_skip(r, &next, DLN_TIME_PASSED_OVER);
        if (dln_time_take_year(r, &next, &year)) m->end = next;
    }
    m->value = dln_time_quarter(year == 0 ? quarter_year(r, quarter) : year, quarter);
    return true;
}

/* ---------------------------------------------------------------- for the other patterns */

bool dln_time_try_dates(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    static dln_time_pattern *const patterns[] = { try_date,    try_numeric_date, try_weekday,     try_day_word,
                                                  try_holiday, try_year,         try_year_period, try_decade,
                                                  try_century, try_season,       try_quarter };
    return dln_time_longest(r, at, patterns, sizeof patterns / sizeof patterns[0], m);
}

bool dln_time_try_day(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    static dln_time_pattern *const patterns[] = { try_date, try_numeric_date, try_weekday, try_day_word };
    return dln_time_longest(r, at, patterns, sizeof patterns / sizeof patterns[0], m) &&
           m->value.form == DLN_TIME_VALUE_DAY;
}
