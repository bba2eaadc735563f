/* SPDX-License-Identifier: Apache-2.0
 * time.c: time expressions: patterns over the lexicon's words of time, and which day they mean. At each token every
 * pattern is tried and the longest match wins. Relative expressions count from the day of publication ('last week') or
 * from the last day the text spoke of ('two days later'); the clock is never read. */
#include "resolve/times.h"

/* ---------------------------------------------------------------- amounts */

static bool is_clock_unit(dateline_str unit) {
    return unit.len == 2 && unit.ptr[0] == 'T';
}

/* 'a year and a half', 'two-and-a-half years' */
static bool take_and_a_half(const dln_time_reader *r, uint32_t *at) {
    static const char *const words[] = { "and", "a", "half" };
    uint32_t next = *at;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        dln_time_take_hyphen(r, &next);
        if (!dln_time_take_form(r, &next, words[i])) return false;
    }
    *at = next;
    return true;
}

/* 'half an hour' */
static bool take_half_a(const dln_time_reader *r, uint32_t *at) {
    uint32_t next = *at;
    if (!dln_time_take_form(r, &next, "half")) return false;
    if (!dln_time_take_form(r, &next, "a") && !dln_time_take_form(r, &next, "an")) return false;
    *at = next;
    return true;
}

/* 'two to three', '2 or 3': the first one counts. */
static void skip_range(const dln_time_reader *r, uint32_t *at) {
    uint32_t next = *at;
    int32_t other;
    bool range =
        dln_time_take_form(r, &next, "to") || dln_time_take_form(r, &next, "or") || dln_time_take_hyphen(r, &next);
    if (range && dln_time_take_number(r, &next, &other)) *at = next;
}

/* The number of an amount into count and half; *article: it is only 'a'. */
static bool take_count(const dln_time_reader *r, uint32_t *at, dln_time_value *value, bool *article) {
    *article = false;
    value->count = DLN_TIME_UNKNOWN_COUNT;
    if (dln_time_take(r, at, DLN_TIME_AMOUNT) != NULL) return true;
    value->count = 0;
    value->half = take_half_a(r, at);
    if (value->half) return true;
    *article = dln_time_is_form(r, *at, "a") || dln_time_is_form(r, *at, "an");
    if (!dln_time_take_number(r, at, &value->count)) return false;
    value->half = dln_time_take_form(r, at, "1/2") || take_and_a_half(r, at);
    skip_range(r, at);
    return true;
}

/* An amount and its unit; *article: the number is only 'a'. */
static bool take_amount(const dln_time_reader *r, uint32_t *at, dln_time_value *value, bool *article) {
    uint32_t next = *at;
    dln_time_value amount = { .half = false };
    if (!take_count(r, &next, &amount, article)) return false;
    dln_time_skip(r, &next, DLN_TIME_BETWEEN);
    bool compound = dln_time_take_hyphen(r, &next);
    const dln_time_word *unit = dln_time_take(r, &next, DLN_TIME_UNIT | DLN_TIME_UNITS);
    if (unit == NULL || (dln_str_is(unit->value, "Q") && (compound || *article))) return false; /* 'three-quarters' */
    *value = dln_time_amount_of(amount.count, unit->value);
    value->half = amount.half || take_and_a_half(r, &next);
    *at = next;
    return true;
}

/* 'three days ago', 'a week later': the day, week, month or year that far from `base`. */
static void place_amount(dln_time_match *m, dateline_date base, int32_t direction) {
    dln_time_value *value = &m->value;
    if (value->count == DLN_TIME_UNKNOWN_COUNT) {
        dateline_str reference = direction < 0 ? DLN_STR("PAST_REF") : DLN_STR("FUTURE_REF");
        *value = (dln_time_value){ .type = DATELINE_TIME_DATE, .form = DLN_TIME_VALUE_TEXT, .tail = reference };
        return;
    }
    if (is_clock_unit(value->unit)) return; /* stays an amount */
    dateline_str unit = value->unit;
    dateline_date day = dln_time_shift(base, direction * value->count, unit);
    if (value->half) day = dln_time_shift_half(day, direction, unit);
    if (dln_str_is(unit, "E") || dln_str_is(unit, "C")) unit = DLN_STR("Y");
    *value = dln_time_unit_of(day, unit);
}

/* A year before what is spoken of: the same quarter, or the year before publication. */
static dln_time_value year_before(const dln_time_reader *r) {
    bool quarter = dln_date_is_set(r->quarter);
    dateline_date base = quarter ? r->quarter : r->now;
    return dln_time_unit_of(dln_time_shift(base, -1, DLN_STR("Y")), quarter ? DLN_STR("Q") : DLN_STR("Y"));
}

static bool is_rate(const dln_time_reader *r, uint32_t at) {
    return !dln_time_follows(r, at, DLN_TIME_SPAN_OPENER | DLN_TIME_ABOUT);
}

static bool try_amount(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    bool article;
    dln_time_skip(r, &next, DLN_TIME_ABOUT);
    bool the = dln_time_take_form(r, &next, "the");
    if (the) dln_time_skip(r, &next, DLN_TIME_ORDINAL | DLN_TIME_PASSED_OVER);
    bool about = next > at;
    if (!take_amount(r, &next, &m->value, &article)) return false;
    m->end = next;
    if (the && dln_time_is_form(r, next - 2, "-")) return false; /* 'the eight-year war': the article is the noun's */
    if (dln_time_is(r, next, DLN_TIME_AGE)) return false;
    uint32_t old = next;
    if (dln_time_take_hyphen(r, &old) && dln_time_is(r, old, DLN_TIME_AGE)) return false;
    dln_time_take_form(r, &next, "or");
    dln_time_take_form(r, &next, "so");
    const dln_time_word *relation = dln_time_take(r, &next, DLN_TIME_RELATION | DLN_TIME_RELATION_THERE);
    if (relation == NULL) return !article || about || m->value.half || !is_rate(r, at);
    bool there = (relation->classes & DLN_TIME_RELATION_THERE) != 0;
    if (there && is_clock_unit(m->value.unit)) return true;
    bool year_back = dln_str_is(m->value.unit, "Y") && m->value.count == 1 && relation->number < 0;
    m->end = next;
    if (year_back && dln_date_is_set(r->quarter)) m->value = year_before(r);
    else place_amount(m, there ? r->anchor : r->now, relation->number);
    return true;
}

/* 'for weeks' */
static bool try_bare_units(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *unit = dln_time_take(r, &m->end, DLN_TIME_UNITS);
    if (unit == NULL || !dln_time_follows(r, at, DLN_TIME_SPAN_OPENER)) return false;
    m->value = dln_time_amount_of(DLN_TIME_UNKNOWN_COUNT, unit->value);
    return true;
}

/* 'year-earlier', 'the year-ago period' */
static bool try_year_earlier(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    bool the = dln_time_take_form(r, &m->end, "the");
    if (!dln_time_take_year_earlier(r, &m->end)) return false;
    bool period = dln_time_take(r, &m->end, DLN_TIME_PERIOD | DLN_TIME_UNIT) != NULL;
    m->value = year_before(r);
    return the == period;
}

/* ---------------------------------------------------------------- last, this, next */

typedef struct {
    int32_t step; /* -1, 0, 1 */
    dateline_date base;
    bool there, the;
} direction;

static dln_time_value reference_value(int32_t step) {
    dateline_str text = step < 0 ? DLN_STR("PAST_REF") : step > 0 ? DLN_STR("FUTURE_REF") : DLN_STR("PRESENT_REF");
    return (dln_time_value){ .type = DATELINE_TIME_DATE, .form = DLN_TIME_VALUE_TEXT, .tail = text };
}

/* 'last year', 'next week', 'that day'; behind a year its quarter: 'last year's third quarter'. */
static bool directed_unit(const dln_time_reader *r, const direction *d, dln_time_match *m) {
    const dln_time_word *unit = dln_time_take(r, &m->end, DLN_TIME_UNIT);
    if (unit == NULL) return false;
    bool age = dln_str_is(unit->value, "E") || dln_str_is(unit->value, "C");
    if (is_clock_unit(unit->value) || (age && !d->there)) {
        m->value = dln_time_amount_of(1, unit->value);
        return d->the || age;
    }
    dateline_date day = dln_time_shift(d->base, d->step, unit->value);
    m->value = dln_time_unit_of(day, unit->value);
    int32_t quarter;
    bool compound;
    uint32_t next = m->end;
    if (dln_time_take_form(r, &next, "'s") && dln_time_take_quarter(r, &next, &quarter, &compound)) {
        m->value = dln_time_quarter(day.year, quarter);
        m->end = next;
    }
    return true;
}

/* 'the past two months', 'recent years' */
static bool directed_amount(const dln_time_reader *r, const direction *d, dln_time_match *m) {
    bool article;
    if (take_amount(r, &m->end, &m->value, &article)) return !article;
    if (dln_time_take(r, &m->end, DLN_TIME_UNITS) == NULL) return false;
    m->value = reference_value(d->step);
    return true;
}

static bool directed_name(const dln_time_reader *r, const direction *d, dln_time_match *m) {
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_WEEKDAY);
    if (word != NULL) {
        int side = d->step < 0 ? -1 : d->step > 0 ? 1 : dln_time_side(r, m->end) > 0;
        m->value = dln_time_day_of(dln_time_weekday_near(d->base, word->number, side));
        dln_time_take_part(r, m);
        return true;
    }
    word = dln_time_take(r, &m->end, DLN_TIME_MONTH);
    if (word != NULL) {
        int32_t year = d->base.year, month = word->number;
        if (d->step < 0 && month >= d->base.month) year--;
        if (d->step > 0 && month <= d->base.month) year++;
        int32_t day;
        bool has_day = dln_time_take_month_day(r, &m->end, &day);
        if (d->base.year == 0) year = 0;
        m->value = has_day && year > 0 ? dln_time_day(year, month, day) : dln_time_month(year, month);
        return true;
    }
    word = dln_time_take(r, &m->end, DLN_TIME_SEASON);
    if (word == NULL) return false;
    m->value = dln_time_season(dln_time_season_year(r, word->value, d->step), word->value);
    return true;
}

static bool directed_part(const dln_time_reader *r, const direction *d, dln_time_match *m) {
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_WEEKEND);
    if (word != NULL) {
        dateline_date saturday = dln_time_weekday_near(d->base, 6, d->step < 0 ? -1 : 1);
        if (d->step > 0) saturday = dln_time_shift(saturday, 1, DLN_STR("W"));
        m->value = dln_time_unit_of(saturday, DLN_STR("W"));
        m->value.form = DLN_TIME_VALUE_WEEKEND;
        return true;
    }
    word = dln_time_take(r, &m->end, DLN_TIME_PART);
    if (word == NULL) return false;
    m->value = dln_time_day_of(dln_time_shift(d->base, d->step, DLN_STR("D")));
    m->value.type = DATELINE_TIME_TIME;
    m->value.tail = word->value;
    return true;
}

static bool try_direction(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    static bool (*const kinds[])(const dln_time_reader *, const direction *,
                                 dln_time_match *) = { directed_unit, directed_name, directed_part, directed_amount };
    uint32_t next = at;
    direction d = { .the = dln_time_take_form(r, &next, "the") };
    const dln_time_word *word = dln_time_take(r, &next, DLN_TIME_DIRECTION | DLN_TIME_DIRECTION_THERE);
    if (word == NULL) return false;
    d.step = word->number;
    d.there = (word->classes & DLN_TIME_DIRECTION_THERE) != 0;
    d.base = d.there ? r->anchor : r->now;
    dln_time_skip(r, &next, DLN_TIME_PASSED_OVER);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        m->end = next;
        if (kinds[i](r, &d, m)) return true;
    }
    return false;
}

static bool try_recent(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    if (dln_time_take(r, &m->end, DLN_TIME_RECENT) == NULL) return false;
    const dln_time_word *unit = dln_time_take(r, &m->end, DLN_TIME_UNITS);
    if (unit == NULL) return false;
    m->value = dln_time_amount_of(DLN_TIME_UNKNOWN_COUNT, unit->value);
    return true;
}

/* 'the quarter', 'the weekend'; 'the end of the year' */
static bool definite_unit(const dln_time_reader *r, uint32_t at, bool opened, dln_time_match *m) {
    m->end = at;
    if (!dln_time_take_form(r, &m->end, "the")) return false;
    uint32_t plain = m->end;
    dln_time_skip(r, &m->end, DLN_TIME_PASSED_OVER);
    bool modified = m->end > plain;
    if (dln_time_take(r, &m->end, DLN_TIME_WEEKEND) != NULL) {
        m->value = dln_time_unit_of(dln_time_weekday_near(r->now, 6, -1), DLN_STR("W"));
        m->value.form = DLN_TIME_VALUE_WEEKEND;
        return true;
    }
    const dln_time_word *unit = dln_time_take(r, &m->end, DLN_TIME_UNIT | DLN_TIME_PERIOD);
    if (unit == NULL) return false;
    bool quarter = dln_str_is(unit->value, "Q") || unit->value.len == 0;
    if ((!opened && !quarter && !modified) || is_clock_unit(unit->value)) return false;
    if (unit->value.len == 0 && !modified) return false;
    dateline_date base = !quarter                      ? r->now
                         : dln_date_is_set(r->quarter) ? r->quarter
                                                       : dln_time_shift(r->now, -1, DLN_STR("Q"));
    m->value = dln_time_unit_of(base, quarter ? DLN_STR("Q") : unit->value);
    return true;
}

static bool try_definite(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    return definite_unit(r, at, false, m);
}

/* ---------------------------------------------------------------- clock, sets, references */

/* '5 p.m.', '10:35 a.m. EDT', '1500 GMT', 'noon' */
static bool take_clock(const dln_time_reader *r, uint32_t *at, int16_t *minutes) {
    uint32_t next = *at;
    const dln_time_word *word = dln_time_take(r, &next, DLN_TIME_CLOCK);
    if (word != NULL) {
        *minutes = dln_str_is(word->value, "T24:00") ? 1440 : 720;
        *at = next;
        return true;
    }
    dateline_str text = dln_time_form_at(r, next);
    dateline_str rest = text;
    bool colon = dln_str_find(text, DLN_STR(":"), 0) != SIZE_MAX;
    int32_t hour = dln_time_digits(colon ? dln_str_part(&rest, ':') : text), minute = 0;
    if (colon) minute = dln_time_digits(rest);
    if (text.len == 4 && !colon) {
        minute = hour % 100;
        hour /= 100;
    }
    next++;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || text.len > 5) return false;
    const dln_time_word *meridian = text.len == 4 && !colon ? NULL : dln_time_take(r, &next, DLN_TIME_MERIDIAN);
    if (meridian != NULL) hour = hour % 12 + meridian->number;
    bool zone = dln_time_take(r, &next, DLN_TIME_ZONE) != NULL;
    if (meridian == NULL && (!zone || text.len < 4)) return false;
    *minutes = (int16_t)(hour * 60 + minute);
    *at = next;
    return true;
}

static bool try_clock(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    uint32_t next = at;
    int16_t minutes;
    dln_time_skip(r, &next, DLN_TIME_ABOUT);
    if (!take_clock(r, &next, &minutes)) return false;
    m->end = next;
    dln_time_take_form(r, &next, ",");
    bool apart = dln_time_take_form(r, &next, "on"); /* '5 p.m. on Monday' are two expressions */
    dln_time_match day;
    dateline_date date = r->anchor;
    if (dln_time_try_day(r, next, &day)) {
        date = day.value.day;
        if (!apart) m->end = day.end;
    }
    m->value = dln_time_day_of(date);
    m->value.type = DATELINE_TIME_TIME;
    m->value.clock = minutes;
    return true;
}

static dln_time_value set_value(dateline_str text) {
    return (dln_time_value){ .type = DATELINE_TIME_SET, .form = DLN_TIME_VALUE_TEXT, .tail = text };
}

/* 'every day', 'each Thursday', 'every two weeks' */
static bool try_every(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    if (dln_time_take(r, &m->end, DLN_TIME_EVERY) == NULL) return false;
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_WEEKDAY);
    if (word != NULL) {
        m->value = set_value((dateline_str){ 0, 0 });
        m->value.form = DLN_TIME_VALUE_WEEKDAY;
        m->value.count = word->number;
        dln_time_take_part(r, m);
        m->value.type = DATELINE_TIME_SET;
        return true;
    }
    int32_t count = 1;
    dln_time_take_number(r, &m->end, &count);
    word = dln_time_take(r, &m->end, DLN_TIME_UNIT | DLN_TIME_UNITS);
    if (word == NULL) return false;
    m->value = dln_time_amount_of(count, word->value);
    m->value.type = DATELINE_TIME_SET;
    return true;
}

static bool try_weekdays(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *day = dln_time_take(r, &m->end, DLN_TIME_WEEKDAY | DLN_TIME_WEEKDAYS);
    if (day == NULL) return false;
    const dln_time_word *part = dln_time_take(r, &m->end, DLN_TIME_PARTS);
    if (part == NULL && (day->classes & DLN_TIME_WEEKDAYS) == 0) return false;
    m->value = set_value(part == NULL ? (dateline_str){ 0, 0 } : part->value);
    m->value.form = DLN_TIME_VALUE_WEEKDAY;
    m->value.count = day->number;
    return true;
}

static bool try_frequency(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_FREQUENCY);
    if (word == NULL || dln_time_has_capital(r, at)) return false;
    m->value = set_value(word->value);
    return true;
}

static bool try_reference(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    m->end = at;
    const dln_time_word *word = dln_time_take(r, &m->end, DLN_TIME_REFERENCE);
    if (word == NULL) return false;
    if (dln_time_is_form(r, m->end, "after") || dln_time_is_form(r, m->end, "as") ||
        dln_time_is_form(r, m->end - 2, "as"))
        return false;
    m->value = reference_value(0);
    m->value.tail = word->value;
    return true;
}

/* ---------------------------------------------------------------- openers */

/* 'mid-March' is one token. */
static bool mid_token(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    dateline_str text = dln_time_form_at(r, at);
    if (text.len < 7 || !dln_str_equal_nocase(dln_str_slice(text, 0, 4), DLN_STR("mid-"))) return false;
    m->end = at + 1;
    text = dln_str_slice(text, 4, text.len);
    int32_t year = dln_time_digits(text);
    if (text.len == 4 && year >= 1000 && year < 2200) {
        m->value = dln_time_unit_of((dateline_date){ (int16_t)year, 1, 1 }, DLN_STR("Y"));
        return true;
    }
    return false;
}

/* 'early next year', 'late Monday', 'the end of March', 'earlier in the week' */
static bool try_opened(const dln_time_reader *r, uint32_t at, dln_time_match *m) {
    static dln_time_pattern *const inner[] = { dln_time_try_dates, try_direction };
    uint32_t next = at;
    if (mid_token(r, at, m)) return true;
    if (dln_time_take(r, &next, DLN_TIME_OPENER) == NULL) return false;
    dln_time_take_hyphen(r, &next);
    if (dln_time_longest(r, next, inner, sizeof inner / sizeof inner[0], m)) return true;
    bool in = dln_time_take_form(r, &next, "in");
    return definite_unit(r, next, true, m) && (!in || m->value.form != DLN_TIME_VALUE_DAY);
}

/* ---------------------------------------------------------------- the stage */

/* 'the third quarter', not 'the quarter' or 'a year earlier'. */
static bool names_quarter(const dln_time_reader *r, uint32_t at, const dln_time_match *m) {
    for (; at < m->end; at++) {
        if (dln_time_is(r, at, DLN_TIME_ORDINAL)) return true;
    }
    return false;
}

static void add_time(dln_time_reader *r, dateline_doc *doc, uint32_t at, const dln_time_match *m) {
    dateline_time time = {
        .span = { dln_doc_token(doc, at)->span.begin, dln_doc_token(doc, m->end - 1)->span.end },
        .type = m->value.type,
        .value = dln_time_write(&doc->arena, &m->value),
    };
    time.day = dln_time_begin(&m->value, &time.grain);
    dln_array_push(&doc->times, &time);
    if (time.grain == DATELINE_GRAIN_DAY) r->anchor = time.day;
    bool quarter = m->value.form == DLN_TIME_VALUE_QUARTER;
    if (quarter && names_quarter(r, at, m)) r->quarter = m->value.day;
    if (!quarter && time.grain != DATELINE_GRAIN_NONE) r->quarter = (dateline_date){ 0, 0, 0 };
}

static void read_sentence(dln_time_reader *r, dateline_doc *doc) {
    static dln_time_pattern *const patterns[] = { dln_time_try_dates, try_amount,    try_bare_units, try_recent,
                                                  try_year_earlier,   try_direction, try_definite,   try_clock,
                                                  try_every,          try_weekdays,  try_frequency,  try_reference,
                                                  try_opened };
    for (uint32_t at = r->first; at < r->end;) {
        dln_time_match m;
        if (dln_time_longest(r, at, patterns, sizeof patterns / sizeof patterns[0], &m)) {
            add_time(r, doc, at, &m);
            at = m.end;
        } else {
            at++;
        }
    }
}

/* The dateline is no sentence; its date stands among the others all the same. */
static void read_dateline(dln_time_reader *r, const dln_times *times, dateline_doc *doc) {
    dateline_span span = dln_times_dateline_span(times, doc);
    if (span.end == 0 || !dln_date_is_set(doc->dateline.date)) return;
    dln_time_value value = dln_time_day_of(doc->dateline.date);
    dateline_time time = {
        .span = span, .type = DATELINE_TIME_DATE, .value = dln_time_write(&doc->arena, &value), .day = value.day
    };
    time.grain = DATELINE_GRAIN_DAY;
    dln_array_push(&doc->times, &time);
    r->anchor = value.day;
}

dateline_status dln_times_read(const dln_times *times, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    dln_time_reader r = { .doc = doc, .now = doc->date };
    if (!dln_date_is_set(r.now) && doc->has_dateline) r.now = doc->dateline.date;
    if (!dln_date_is_set(r.now)) r.now = (dateline_date){ 0, 0, 0 };
    r.anchor = r.now;
    r.marks = dln_times_mark(times, scratch, doc);
    if (r.marks == NULL) return dln_error_memory(err);
    bool dateline_due = doc->has_dateline;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, i);
        if (dateline_due && sentence->span.begin > doc->dateline.span.begin) {
            read_dateline(&r, times, doc);
            dateline_due = false;
        }
        r.first = sentence->first_token;
        r.end = sentence->first_token + sentence->token_count;
        read_sentence(&r, doc);
    }
    bool good = doc->times.status == DATELINE_OK && doc->arena.status == DATELINE_OK;
    return good ? DATELINE_OK : dln_error_memory(err);
}
