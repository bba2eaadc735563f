/* SPDX-License-Identifier: Apache-2.0
 * dateline.c: the datelines of agencies and newspapers.
 *
 *     PLACE[/PLACE] [, REGION] [, DATE] [(AGENCY)] MARK      in any order behind the place
 *
 * 'MOSCOW. –', 'CANBERRA, Australia (AP)_', 'LONDON, Sept 13 (Reuters) -', 'MOSCOW, September 13. /TASS/.', 'New
 * Delhi:'. No single part proves a dateline ('NOTICE: …', 'China — which …'), so parts are collected and then weighed.
 */
#include "document/document_internal.h"

typedef enum { MARK_NONE = 0, MARK_DASH, MARK_COLON, MARK_STOP, MARK_END } mark;

typedef struct {
    dln_line *line;
    dateline_str text;
    size_t at, end;
    dateline_date published;
    dateline_span place; /* the first one */
    bool capitals;       /* the place is all capitals, three letters or more */
    bool city, label;
    bool region;    /* a state, province or country stands behind the place */
    bool agency;    /* one is named */
    bool bracketed; /* in brackets */
    bool has_date;
    dateline_date date;
    mark mark;
    bool spaced; /* white space stands at the mark */
} place_scan;

/* ---------------------------------------------------------------- characters */

static uint32_t here(const place_scan *scan) {
    return scan->at < scan->end ? dln_utf8_at(scan->text, scan->at) : 0;
}

static void skip_spaces(place_scan *scan) {
    for (size_t next = scan->at; next < scan->end; scan->at = next)
        if (!dln_char_is_space(dln_utf8_next(scan->text, &next))) break;
}

static bool take_char(place_scan *scan, uint32_t c) {
    if (here(scan) != c) return false;
    dln_utf8_next(scan->text, &scan->at);
    return true;
}

static bool is_dash(uint32_t c) {
    return c == '-' || c == '_' || (c >= 0x2010 && c <= 0x2015);
}

static dateline_span span_from(size_t begin, size_t end) {
    return (dateline_span){ (uint32_t)begin, (uint32_t)end };
}

static uint32_t phrase_bits(place_scan *scan, size_t begin, size_t end) {
    dln_line_read(scan->line, span_from(begin, end));
    return scan->line->whole ? dln_line_phrase(scan->line, 0, scan->line->count) : 0;
}

/* ---------------------------------------------------------------- words and places */

static bool is_word_char(uint32_t c) {
    return dln_char_is_letter(c) || dln_char_is_mark(c) || c == '\'' || c == 0x2019;
}

/* Does the full stop at scan->at belong to a word of `letters` letters? 'W.Va.', 'Mo.', 'ST. PAUL', but not 'MOSCOW.
 * –'. */
static bool is_abbreviation(const place_scan *scan, size_t letters) {
    uint32_t next = scan->at + 1 < scan->end ? dln_utf8_at(scan->text, scan->at + 1) : 0;
    return dln_char_is_letter(next) || (letters <= 5 && (next == ' ' || next == ',' || next == '('));
}

/* A word that begins with a capital; `lower` tells whether it has small letters too. */
static bool take_word(place_scan *scan, bool *lower) {
    size_t begin = scan->at, letters = 0;
    *lower = false;
    if (!dln_char_is_upper(here(scan))) return false;
    for (uint32_t c; (c = here(scan)) != 0;) {
        size_t next = scan->at;
        dln_utf8_next(scan->text, &next);
        bool inner_hyphen = c == '-' && next < scan->end && dln_char_is_letter(dln_utf8_at(scan->text, next));
        if (!is_word_char(c) && !inner_hyphen && !(c == '.' && is_abbreviation(scan, letters))) break;
        if (dln_char_is_lower(c)) *lower = true;
        letters = c == '.' ? 0 : letters + dln_char_is_letter(c);
        scan->at = next;
    }
    return scan->at > begin;
}

/* 'de' in 'Rio de Janeiro', 'es' in 'Dar es Salaam'; a capital must follow. */
static void take_particle(place_scan *scan) {
    size_t end = scan->at;
    while (end < scan->end && is_word_char((uint8_t)scan->text.ptr[end])) end++;
    bool is_inner = end > scan->at && end + 1 < scan->end && scan->text.ptr[end] == ' ';
    if (!is_inner || !dln_char_is_upper(dln_utf8_at(scan->text, end + 1))) return;
    if ((phrase_bits(scan, scan->at, end) & DLN_PHRASE_PARTICLE) != 0) scan->at = end + 1;
}

enum { PLACE_WORDS = 6, REGION_WORDS = 3 };

/* Up to `most` capitalised words; their span, without the white space behind. Empty: none. */
static dateline_span take_words(place_scan *scan, size_t most, bool *lower) {
    size_t begin = scan->at, end = begin;
    *lower = false;
    for (size_t count = 0; count < most; count++) {
        bool word_lower;
        if (count > 0) take_particle(scan);
        if (!take_word(scan, &word_lower)) break;
        *lower = *lower || word_lower;
        end = scan->at;
        if (!take_char(scan, ' ')) break;
    }
    scan->at = end;
    return span_from(begin, end);
}

static size_t letters_in(dateline_str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len;) count += dln_char_is_letter(dln_utf8_next(text, &at));
    return count;
}

/* The first place is the dateline's; what follows it ('LIMA, Peru') adds to the evidence alone. */
static bool take_place(place_scan *scan) {
    bool lower;
    dateline_span span = take_words(scan, PLACE_WORDS, &lower);
    if (span.begin == span.end) return false;
    bool capitals = !lower && letters_in(dln_span_str(scan->text, span)) >= 3;
    uint32_t bits = phrase_bits(scan, span.begin, span.end);
    uint32_t first;
    dln_line_longest(scan->line, 0, DLN_PHRASE_LABEL, &first);
    if (scan->place.end == 0) {
        scan->place = span;
        scan->capitals = capitals;
    }
    scan->city = scan->city || (bits & DLN_PHRASE_CITY) != 0;
    scan->label = scan->label || first != 0;
    return true;
}

/* 'LONDON/PARIS', 'NAIROBI and MOGADISHU'. */
static void take_more_places(place_scan *scan) {
    for (;;) {
        size_t back = scan->at;
        skip_spaces(scan);
        bool joined = take_char(scan, '/');
        skip_spaces(scan);
        if (joined && take_place(scan)) continue;
        scan->at = back;
        return;
    }
}

/* ---------------------------------------------------------------- dates */

static bool take_number(place_scan *scan, unsigned *number) {
    size_t begin = scan->at;
    *number = 0;
    while (scan->at < scan->end && scan->at < begin + 5 && here(scan) >= '0' && here(scan) <= '9')
        *number = *number * 10 + (unsigned)(scan->text.ptr[scan->at++] - '0');
    return scan->at > begin;
}

/* A word with one of the bits, which are then set in *bits; a full stop behind it is taken too. */
static bool take_name(place_scan *scan, uint32_t any, uint32_t *bits) {
    size_t back = scan->at;
    bool lower;
    if (take_word(scan, &lower)) {
        *bits = phrase_bits(scan, back, scan->at) & any;
        if (*bits != 0) {
            take_char(scan, '.');
            return true;
        }
    }
    scan->at = back;
    return false;
}

static void take_ordinal(place_scan *scan) {
    static const char *const endings[] = { "st", "nd", "rd", "th" };
    for (size_t i = 0; i < 4; i++)
        if (dln_str_is(dln_str_slice(scan->text, scan->at, scan->at + 2), endings[i])) {
            scan->at += 2;
            return;
        }
}

static bool take_day(place_scan *scan, unsigned *day) {
    size_t back = scan->at;
    if (take_number(scan, day) && *day >= 1 && *day <= 31) {
        take_ordinal(scan);
        return true;
    }
    scan->at = back;
    return false;
}

/* ' 2024', ', 2024', if it is there. */
static unsigned take_year(place_scan *scan) {
    size_t back = scan->at;
    unsigned year;
    take_char(scan, ',');
    skip_spaces(scan);
    if (take_number(scan, &year) && year >= 1800 && year <= 2200) return year;
    scan->at = back;
    return 0;
}

/* The year that brings a day nearest before publication; a few days ahead is a paper dated in advance. */
static dateline_date with_year(dateline_date published, unsigned year, unsigned month, unsigned day) {
    dateline_date date = { (int16_t)year, (uint8_t)month, (uint8_t)day };
    enum { AHEAD = 7 };
    if (year == 0) {
        if (!dln_date_is_set(published)) return (dateline_date){ 0, 0, 0 };
        date.year = published.year;
        int32_t limit = dln_date_to_days(published) + AHEAD;
        if (dln_date_to_days(date) > limit) date.year--;
        else {
            dateline_date next = { (int16_t)(date.year + 1), date.month, date.day };
            if (dln_date_to_days(next) <= limit) date = next;
        }
    }
    bool real = day <= dln_date_month_days(date.year, month);
    return real ? date : (dateline_date){ 0, 0, 0 };
}

/* 'Sept. 13, 2023', '13 September', 'Wednesday, September 13', 'Wednesday'. */
static bool take_date(place_scan *scan) {
    size_t back = scan->at;
    uint32_t month, weekday;
    unsigned day;
    bool has_weekday = take_name(scan, DLN_PHRASE_WEEKDAY, &weekday);
    if (has_weekday) {
        take_char(scan, ',');
        skip_spaces(scan);
    }
    size_t behind_weekday = scan->at;
    bool month_first = take_name(scan, DLN_PHRASE_MONTH, &month);
    skip_spaces(scan);
    bool good = take_day(scan, &day);
    if (good && !month_first) {
        skip_spaces(scan);
        good = take_name(scan, DLN_PHRASE_MONTH, &month);
    }
    if (good) scan->date = with_year(scan->published, take_year(scan), month, day);
    else scan->at = has_weekday ? behind_weekday : back;
    scan->has_date = scan->has_date || good || has_weekday;
    return good || has_weekday;
}

/* ---------------------------------------------------------------- agencies */

/* 'AFP/Reuters', 'Associated Press': nothing but agencies stands there. */
static bool is_agency(place_scan *scan, size_t begin, size_t end) {
    dln_line_read(scan->line, span_from(begin, end));
    const dln_line *line = scan->line;
    for (size_t at = 0, count; at < line->count; at += count) {
        uint32_t bits;
        count = dln_line_longest(line, at, DLN_PHRASE_AGENCY, &bits);
        if (count == 0) return false;
    }
    return line->count > 0 && line->whole;
}

enum { BRACKET_BYTES = 60 };

/* '(AP)', '/TASS/', '[Xinhua]', '(13 September 2023)'. */
static bool take_bracket(place_scan *scan) {
    static const char open[] = "([/|", close[] = ")]/|";
    size_t back = scan->at;
    uint32_t c = here(scan);
    const char *kind = c != 0 && c < 0x80 ? strchr(open, (int)c) : NULL;
    if (kind == NULL) return false;
    size_t begin = scan->at + 1, end = begin;
    while (end < scan->end && end < begin + BRACKET_BYTES && scan->text.ptr[end] != close[kind - open]) end++;
    if (end == scan->end || scan->text.ptr[end] != close[kind - open]) return false;
    if (is_agency(scan, begin, end)) {
        scan->agency = scan->bracketed = true;
        scan->at = end + 1;
        return true;
    }
    scan->at = begin;
    skip_spaces(scan);
    if (take_date(scan) && here(scan) == (uint32_t)close[kind - open]) {
        scan->at++;
        return true;
    }
    scan->at = back;
    return false;
}

/* An agency without brackets, behind a comma or a dash: ', IRNA –', '- RIA Novosti.' */
static bool take_bare_agency(place_scan *scan) {
    size_t back = scan->at;
    bool lower;
    dateline_span span = take_words(scan, 3, &lower);
    for (size_t end = span.end; end > span.begin; end--) {
        bool at_edge = end == span.end || scan->text.ptr[end] == ' ';
        if (!at_edge || !is_agency(scan, span.begin, end)) continue;
        scan->at = end;
        scan->agency = true;
        return true;
    }
    scan->at = back;
    return false;
}

/* ---------------------------------------------------------------- the whole */

static bool take_region(place_scan *scan) {
    bool lower;
    dateline_span span = take_words(scan, REGION_WORDS, &lower);
    if (span.end > span.begin && (phrase_bits(scan, span.begin, span.end) & DLN_PHRASE_REGION) != 0)
        scan->region = true;
    return span.end > span.begin;
}

/* What stands behind the place, up to the mark. */
static void take_rest(place_scan *scan) {
    enum { MOST_PARTS = 6 };
    for (size_t i = 0; i < MOST_PARTS; i++) {
        size_t back = scan->at;
        skip_spaces(scan);
        bool stop = scan->agency == false && take_char(scan, '.'); /* 'September 13. /TASS/' */
        bool comma = take_char(scan, ',');
        skip_spaces(scan);
        if (take_bracket(scan)) continue;
        if (!stop && take_date(scan)) continue;
        if (comma && (take_bare_agency(scan) || take_region(scan))) continue;
        scan->at = back;
        return;
    }
}

/* '--', '—', '._', '. –', ':', and an agency between two marks. */
static void take_mark(place_scan *scan) {
    size_t back = scan->at;
    skip_spaces(scan);
    scan->spaced = scan->at > back;
    bool stop = take_char(scan, '.');
    size_t behind_stop = scan->at;
    skip_spaces(scan);
    if (here(scan) == ':') {
        scan->at++;
        scan->mark = MARK_COLON;
    } else if (is_dash(here(scan))) {
        size_t dash = scan->at;
        while (is_dash(here(scan)) || here(scan) == ' ') dln_utf8_next(scan->text, &scan->at);
        bool may_be_hyphen = scan->at <= dash + 2 && scan->text.ptr[dash] == '-';
        scan->spaced = scan->spaced || scan->region || (scan->text.ptr[scan->at - 1] == ' ' && !may_be_hyphen);
        scan->mark = MARK_DASH;
        if (!scan->agency && take_bare_agency(scan) && (take_char(scan, '.') || take_char(scan, ','))) {
        }
    } else if (stop) {
        scan->at = behind_stop;
        scan->mark = MARK_STOP;
    } else if (scan->at >= scan->end) {
        scan->mark = MARK_END;
    }
    size_t behind = scan->at;
    skip_spaces(scan);
    if (scan->mark != MARK_DASH) scan->spaced = scan->spaced || scan->at > behind;
    while (scan->at > scan->place.begin && scan->text.ptr[scan->at - 1] == ' ') scan->at--;
}

/* What follows must look like the begin of a sentence. */
static bool sentence_follows(place_scan *scan) {
    size_t back = scan->at;
    skip_spaces(scan);
    uint32_t c = here(scan);
    scan->at = back;
    return !dln_char_is_lower(c);
}

/* Is it a dateline? Weighs the parts: capitals, a known city, a region, a date, an agency, the mark. */
static bool is_convincing(place_scan *scan, dln_dateline_place where) {
    bool has_place = scan->place.end > scan->place.begin;
    bool known = has_place && (scan->city || scan->capitals || scan->region);
    if (scan->label || !sentence_follows(scan)) return false;
    if (where == DLN_DATELINE_LATER && !scan->agency && !(scan->city && scan->capitals)) return false;
    switch (scan->mark) {
    case MARK_DASH:
        if (scan->bracketed) return true;
        if (scan->agency || scan->has_date) return known;
        if (where == DLN_DATELINE_INNER) return scan->spaced && scan->capitals;
        return scan->spaced && known;
    case MARK_COLON:
        if (scan->bracketed) return known || scan->has_date;
        return scan->has_date ? known : scan->city && here(scan) != 0;
    case MARK_STOP: return scan->agency && known && (scan->has_date || scan->city);
    case MARK_END: return where == DLN_DATELINE_HEAD && known && (scan->bracketed || scan->has_date);
    case MARK_NONE: return scan->agency && scan->has_date && known;
    }
    return false;
}

bool dln_dateline_read(dln_line *line, dateline_span span, dln_dateline_place where, dateline_date published,
                       dateline_dateline *dateline) {
    place_scan scan = { .line = line, .text = line->text, .at = span.begin, .end = span.end, .published = published };
    bool begun = take_bracket(&scan) || take_date(&scan) || take_place(&scan);
    if (!begun) return false;
    take_more_places(&scan);
    take_rest(&scan);
    take_mark(&scan);
    if (!is_convincing(&scan, where)) return false;
    dateline_span place = scan.place;
    bool inner_stop = memchr(line->text.ptr + place.begin, '.', place.end - place.begin) !=
                      line->text.ptr + place.end - 1; /* 'D.C.' keeps its last one, 'BONN.' does not */
    if (place.end > place.begin && line->text.ptr[place.end - 1] == '.' && !inner_stop) place.end--;
    *dateline = (dateline_dateline){
        .span = { span.begin, (uint32_t)scan.at }, .place_span = place, .place = DATELINE_NO_INDEX, .date = scan.date
    };
    return true;
}

bool dln_is_date_line(dln_line *line, dateline_span span) {
    place_scan scan = { .line = line, .text = line->text, .at = span.begin, .end = span.end };
    return take_date(&scan) && scan.at == scan.end && !dln_ends_sentence(line->text, span);
}
