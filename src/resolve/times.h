/* SPDX-License-Identifier: Apache-2.0
 * times.h: time expressions, and what time.c and its helpers time_words.c and time_value.c share. */
#ifndef DLN_TIMES_H
#define DLN_TIMES_H

#include "resolve/resolve.h"

/* Time expressions of a document: fills doc->times. Uses the lexicon kind `time`. */
typedef struct dln_times dln_times;
dln_times *dln_times_new(const dln_lexicon *lexicon, dateline_error *err);
void dln_times_free(dln_times *times);
dateline_status dln_times_read(const dln_times *times, dln_arena *scratch, dateline_doc *doc, dateline_error *err);

/* ---------------------------------------------------------------- words (time_words.c) */

/* What a word may do in a time expression: the lexicon's `as`, as bits. */
#define DLN_TIME_CLASS_MAP(X)                                                                                          \
    X(MONTH, "month", 0)                                                                                               \
    X(WEEKDAY, "weekday", 1)                                                                                           \
    X(WEEKDAYS, "weekdays", 2)                                                                                         \
    X(UNIT, "unit", 3)                                                                                                 \
    X(UNITS, "units", 4)                                                                                               \
    X(WEEKEND, "weekend", 5)                                                                                           \
    X(SEASON, "season", 6)                                                                                             \
    X(PART, "part", 7)                                                                                                 \
    X(PARTS, "parts", 8)                                                                                               \
    X(CLOCK, "clock", 9)                                                                                               \
    X(MERIDIAN, "meridian", 10)                                                                                        \
    X(ZONE, "zone", 11)                                                                                                \
    X(NUMBER, "number", 12)                                                                                            \
    X(SCALE, "scale", 13)                                                                                              \
    X(ORDINAL, "ordinal", 14)                                                                                          \
    X(AMOUNT, "amount", 15)                                                                                            \
    X(DAY, "day", 16)                                                                                                  \
    X(DAY_PART, "day_part", 17)                                                                                        \
    X(NIGHT_BEFORE, "night_before", 18)                                                                                \
    X(DIRECTION, "direction", 19)                                                                                      \
    X(DIRECTION_THERE, "direction_there", 20)                                                                          \
    X(RECENT, "recent", 21)                                                                                            \
    X(PASSED_OVER, "passed_over", 22)                                                                                  \
    X(RELATION, "relation", 23)                                                                                        \
    X(RELATION_THERE, "relation_there", 24)                                                                            \
    X(EVERY, "every", 25)                                                                                              \
    X(FREQUENCY, "frequency", 26)                                                                                      \
    X(REFERENCE, "reference", 27)                                                                                      \
    X(OPENER, "opener", 28)                                                                                            \
    X(ABOUT, "about", 29)                                                                                              \
    X(BETWEEN, "between", 30)                                                                                          \
    X(HOLIDAY, "holiday", 31)                                                                                          \
    X(FUTURE, "future", 32)                                                                                            \
    X(PAST, "past", 33)                                                                                                \
    X(AGE, "age", 34)                                                                                                  \
    X(SPAN_OPENER, "span_opener", 35)                                                                                  \
    X(YEAR_OPENER, "year_opener", 36)                                                                                  \
    X(PERIOD, "period", 37)                                                                                            \
    X(LIMIT, "limit", 38)                                                                                              \
    X(DOUBTFUL, "doubtful", 39)                                                                                        \
    X(LIMIT_AFTER, "limit_after", 40)

#define X(name, text, bit) static const uint64_t DLN_TIME_##name = 1ull << bit;
DLN_TIME_CLASS_MAP(X)
#undef X

typedef struct {
    uint64_t classes;
    int32_t number;     /* a numeric value */
    dateline_str value; /* any other */
    bool starts_phrase; /* longer phrases begin with this word */
} dln_time_word;

/* The words of the lexicon by their text in lower case. */
struct dln_times {
    dln_arena arena;
    dln_map index;   /* text to index of words + 1 */
    dln_array words; /* dln_time_word */
};

/* The words that begin at a token: alone, and the longest phrase of several tokens. */
typedef struct {
    const dln_time_word *word, *phrase;
    uint32_t phrase_tokens;
    bool mid; /* 'mid-March' is one token: the word is March */
} dln_time_mark;

/* A mark for each token of the doc. NULL: no memory. */
const dln_time_mark *dln_times_mark(const dln_times *times, dln_arena *scratch, const dateline_doc *doc);

/* Where the date stands in the doc's dateline; empty: nowhere. */
dateline_span dln_times_dateline_span(const dln_times *times, const dateline_doc *doc);

/* ---------------------------------------------------------------- values (time_value.c) */

typedef enum {
    DLN_TIME_VALUE_NONE = 0,
    DLN_TIME_VALUE_TEXT,    /* `tail` as it stands */
    DLN_TIME_VALUE_DAY,     /* with `tail` or `clock` */
    DLN_TIME_VALUE_WEEKDAY, /* of no known week: `count` 1 to 7 */
    DLN_TIME_VALUE_WEEK,
    DLN_TIME_VALUE_WEEKEND,
    DLN_TIME_VALUE_MONTH,
    DLN_TIME_VALUE_QUARTER,
    DLN_TIME_VALUE_HALF,
    DLN_TIME_VALUE_SEASON, /* `tail` SP SU FA WI */
    DLN_TIME_VALUE_YEAR,
    DLN_TIME_VALUE_DECADE,
    DLN_TIME_VALUE_CENTURY,
    DLN_TIME_VALUE_AMOUNT /* `count` of `unit` */
} dln_time_form;

enum { DLN_TIME_UNKNOWN_COUNT = -1, DLN_TIME_NO_CLOCK = -1 };

/* A time expression's value before it is written out. */
typedef struct {
    dateline_time_type type;
    dln_time_form form;
    dateline_date day; /* year 0: not known */
    dateline_str tail;
    int16_t clock; /* minutes since midnight; DLN_TIME_NO_CLOCK */
    int32_t count;
    bool half;         /* … and a half */
    dateline_str unit; /* as in the lexicon */
} dln_time_value;

/* `count` units from `day`; a day that is not set stays so. */
dateline_date dln_time_shift(dateline_date day, int32_t count, dateline_str unit);
dateline_date dln_time_shift_half(dateline_date day, int32_t direction, dateline_str unit);
/* The unit that holds `day`: its week, month … */
dln_time_value dln_time_unit_of(dateline_date day, dateline_str unit);
dln_time_value dln_time_day_of(dateline_date day);
dln_time_value dln_time_amount_of(int32_t count, dateline_str unit);
dateline_str dln_time_write(dln_arena *arena, const dln_time_value *value); /* TIMEX3 */
dateline_date dln_time_begin(const dln_time_value *value, dateline_grain *grain);

/* ---------------------------------------------------------------- reading a sentence (time_scan.c) */

typedef struct {
    const dateline_doc *doc;
    const dln_time_mark *marks;
    uint32_t first, end;   /* tokens of the sentence */
    dateline_date now;     /* publication */
    dateline_date anchor;  /* the last day spoken of */
    dateline_date quarter; /* the quarter spoken of, if that was the last date */
} dln_time_reader;

typedef struct {
    uint32_t end; /* behind its last token */
    dln_time_value value;
} dln_time_match;

/* Whether an expression begins at token `at`, and which. */
typedef bool dln_time_pattern(const dln_time_reader *r, uint32_t at, dln_time_match *m);
bool dln_time_longest(const dln_time_reader *r, uint32_t at, dln_time_pattern *const *patterns, size_t count,
                      dln_time_match *best);

/* `take` functions move *at behind what they found, or leave it. */
const dln_time_word *dln_time_take(const dln_time_reader *r, uint32_t *at, uint64_t classes);
void dln_time_skip(const dln_time_reader *r, uint32_t *at, uint64_t classes);
bool dln_time_take_form(const dln_time_reader *r, uint32_t *at, const char *text);
bool dln_time_take_hyphen(const dln_time_reader *r, uint32_t *at);
bool dln_time_take_number(const dln_time_reader *r, uint32_t *at, int32_t *number);
bool dln_time_take_year(const dln_time_reader *r, uint32_t *at, int32_t *year);
bool dln_time_take_month_day(const dln_time_reader *r, uint32_t *at, int32_t *day);

dateline_str dln_time_form_at(const dln_time_reader *r, uint32_t i);
bool dln_time_is_form(const dln_time_reader *r, uint32_t i, const char *text);
bool dln_time_has_capital(const dln_time_reader *r, uint32_t i);
bool dln_time_is(const dln_time_reader *r, uint32_t at, uint64_t classes);
bool dln_time_follows(const dln_time_reader *r, uint32_t at, uint64_t classes);
int32_t dln_time_digits(dateline_str text); /* -1: not a small number */
int dln_time_side(const dln_time_reader *r, uint32_t at);

/* ---------------------------------------------------------------- days and dates (time_dates.c) */

dln_time_pattern dln_time_try_dates; /* any of them */
dln_time_pattern dln_time_try_day;   /* one that is a day */

dateline_date dln_time_weekday_near(dateline_date from, int32_t weekday, int side);
void dln_time_take_part(const dln_time_reader *r, dln_time_match *m);
dln_time_value dln_time_month(int32_t year, int32_t month);
dln_time_value dln_time_day(int32_t year, int32_t month, int32_t day);
dln_time_value dln_time_season(int32_t year, dateline_str season);
int32_t dln_time_season_year(const dln_time_reader *r, dateline_str season, int32_t direction);
dln_time_value dln_time_quarter(int32_t year, int32_t quarter);
bool dln_time_take_quarter(const dln_time_reader *r, uint32_t *at, int32_t *quarter, bool *compound);
bool dln_time_take_year_earlier(const dln_time_reader *r, uint32_t *at);

#endif
