/* SPDX-License-Identifier: Apache-2.0
 * tokens.c: a stretch of text to tokens. Text between white space is a chunk; a chunk is an address (web, mail, file)
 * as a whole, or is cut from left to right into words, numbers and marks. Each byte is looked at a bounded number of
 * times, so that a chunk of any length takes linear time. */
#include "split/split_internal.h"

typedef struct {
    const dln_splitter *splitter;
    dateline_doc *doc;
    dateline_str text;             /* up to the end of the stretch */
    size_t chunk_begin, chunk_end; /* a piece of what stands between white space: no <, > or " inside */
    bool space_after;
    bool quote_open; /* inside single quotation marks */
} scanner;

static uint32_t at_or_end(const scanner *s, size_t at) {
    return at < s->chunk_end ? dln_utf8_at(s->text, at) : 0;
}
static size_t after(const scanner *s, size_t at) {
    if (at < s->chunk_end) dln_utf8_next(s->text, &at);
    return at;
}

static void emit_part(scanner *s, size_t begin, size_t end, uint8_t multiword) {
    dateline_token token = { .span = { (uint32_t)begin, (uint32_t)end },
                             .space_after = end >= s->chunk_end && s->space_after,
                             .multiword = multiword,
                             .head = DATELINE_NO_INDEX };
    dln_array_push(&s->doc->tokens, &token);
}
static void emit(scanner *s, size_t begin, size_t end) {
    if (begin < end) emit_part(s, begin, end, 0);
}

/* ---------------------------------------------------------------- addresses */

static bool is_opener(uint32_t c) {
    return c < 0x80 ? c != 0 && strchr("([{<\"'", (int)c) != NULL : c == 0x2018 || c == 0x201C || c == 0xAB;
}
static bool is_closer(uint32_t c) {
    return c < 0x80 ? c != 0 && strchr(")]}>\"'", (int)c) != NULL : c == 0x2019 || c == 0x201D || c == 0xBB;
}
static bool is_trailer(uint32_t c) {
    return is_closer(c) || (c != 0 && c < 0x80 && strchr(".,;:!?", (int)c) != NULL);
}

/* A known ending after the last full stop of the part before any slash: 'example.com/a', 'minutes.doc'. */
static bool has_known_ending(const scanner *s, dateline_str core) {
    size_t stop = 0, len = 0;
    for (; len < core.len && strchr("/?#:", core.ptr[len]) == NULL; len++) {
        char c = core.ptr[len];
        if (c == '.') stop = len;
        bool plain = c == '.' || c == '-' || c == '_' || is_ascii_word((unsigned char)c);
        if (!plain) return false;
    }
    if (stop == 0 || stop + 1 >= len) return false;
    return (dln_split_word(s->splitter, dln_str_slice(core, stop + 1, len)) & WORD_ENDING) != 0;
}

/* Three or more lower-case words with full stops between: 'sci.space.news'. */
static bool is_dotted_name(dateline_str core) {
    size_t part = 0, stops = 0;
    for (size_t i = 0; i < core.len; i++) {
        char c = core.ptr[i];
        if (c == '.' && part < 2) return false;
        if (c != '.' && c != '-' && !(c >= 'a' && c <= 'z')) return false;
        stops += c == '.';
        part = c == '.' ? 0 : part + 1;
    }
    return stops >= 2 && part >= 2;
}

static bool has_inner_at_sign(dateline_str core) {
    for (size_t i = 1; i + 1 < core.len; i++) {
        if (core.ptr[i] == '@') return is_ascii_word((unsigned char)core.ptr[i + 1]);
    }
    return false;
}

static bool is_address(const scanner *s, dateline_str core) {
    if (core.len < 4) return false;
    if ((core.ptr[0] == '#' || core.ptr[0] == '@') && dln_char_is_letter(dln_utf8_at(core, 1))) {
        for (size_t at = 1; at < core.len;) {
            uint32_t c = dln_utf8_next(core, &at);
            if (c != '_' && !is_word_char(c)) return false;
        }
        return true;
    }
    return dln_str_find(core, DLN_STR("://"), 1) != SIZE_MAX ||
           dln_str_equal_nocase(dln_str_slice(core, 0, 4), DLN_STR("www.")) || has_inner_at_sign(core) ||
           has_known_ending(s, core) || is_dotted_name(core);
}

static size_t scan_one(scanner *s, size_t at);

/* An address stands in a chunk with brackets and stops around it; they are tokens of their own. */
static bool split_address(scanner *s) {
    size_t begin = s->chunk_begin, end = s->chunk_end;
    while (begin < end && is_opener(dln_utf8_at(s->text, begin))) begin = after(s, begin);
    while (end > begin) {
        uint32_t c = dln_utf8_before(s->text, end);
        if (!is_trailer(c)) break;
        char bytes[4];
        end -= dln_utf8_encode(c, bytes);
    }
    if (!is_address(s, dln_str_slice(s->text, begin, end))) return false;
    size_t chunk_end = s->chunk_end;
    s->chunk_end = begin; /* so that no mark before the address takes a part of it */
    for (size_t at = s->chunk_begin; at < begin;) at = scan_one(s, at);
    emit(s, begin, end);
    s->chunk_end = chunk_end;
    for (size_t at = end; at < s->chunk_end;) at = scan_one(s, at);
    return true;
}

/* ---------------------------------------------------------------- words */

static bool is_plural_or_name(const scanner *s, size_t begin, size_t end) {
    return end - begin > 1 && (s->text.ptr[end - 1] == 's' || s->text.ptr[end - 1] == 'S');
}

static bool is_clitic(dateline_str tail) {
    static const char *const clitics[] = { "s", "m", "d", "re", "ve", "ll" };
    for (size_t i = 0; i < sizeof clitics / sizeof clitics[0]; i++) {
        if (dln_str_equal_nocase(tail, dateline_str_from(clitics[i]))) return true;
    }
    return false;
}

/* Where the last clitic of a word begins: 'she|'ll', 'is|n't'; its end if there is none. */
static size_t clitic_begin(const scanner *s, size_t begin, size_t end) {
    for (size_t len = 1; len <= 2 && begin + len + 1 < end; len++) {
        size_t tail = end - len;
        uint32_t mark = dln_utf8_before(s->text, tail);
        if (!is_apostrophe(mark)) continue;
        char bytes[4];
        size_t apostrophe = tail - dln_utf8_encode(mark, bytes);
        dateline_str word = dln_str_slice(s->text, tail, end);
        if (apostrophe > begin && is_clitic(word)) return apostrophe;
        bool negation = dln_str_equal_nocase(word, DLN_STR("t")) && apostrophe > begin + 1 &&
                        (s->text.ptr[apostrophe - 1] | 0x20) == 'n';
        if (negation) return apostrophe - 1;
    }
    return end;
}

enum { MAX_WORDS_IN_TOKEN = 3 };

static void emit_cut(scanner *s, size_t begin, size_t end, const size_t *cuts, size_t cut_count) {
    size_t from = begin;
    for (size_t i = 0; i <= cut_count; i++) {
        size_t to = i < cut_count ? cuts[i] : end;
        emit_part(s, from, to, (uint8_t)(i == 0 && cut_count > 0 ? cut_count + 1 : 0));
        from = to;
    }
}

/* A word, with its clitics as words of their own. */
static void emit_word(scanner *s, size_t begin, size_t end) {
    size_t cuts[MAX_WORDS_IN_TOKEN - 1], count = 0;
    uint32_t lengths = dln_split_word(s->splitter, dln_str_slice(s->text, begin, end)) >> WORD_CUT_SHIFT;
    size_t at = begin;
    for (; lengths != 0; lengths >>= 8) {
        at += lengths & 0xFF;
        if (at < end) cuts[count++] = at;
    }
    if (count == 0) {
        size_t last = clitic_begin(s, begin, end);
        size_t inner = last < end ? clitic_begin(s, begin, last) : last;
        if (inner < last) cuts[count++] = inner;
        if (last < end) cuts[count++] = last;
    }
    emit_cut(s, begin, end, cuts, count);
}

/* A hyphen between two words stays inside after certain prefixes and before certain suffixes. */
static bool keeps_hyphen(const scanner *s, size_t part, size_t hyphen, size_t next) {
    if ((dln_split_word(s->splitter, dln_str_slice(s->text, part, hyphen)) & WORD_PREFIX) != 0) return true;
    size_t end = next;
    while (end < s->chunk_end && end - next < MAX_WORD && is_word_char(at_or_end(s, end))) end = after(s, end);
    return (dln_split_word(s->splitter, dln_str_slice(s->text, hyphen, end)) & WORD_PREFIX) != 0;
}

/* Length of a run of digits and hyphens that is a telephone number, a code or a date; 0: none. */
static size_t dashed_number(const scanner *s, size_t begin) {
    size_t groups = 1, group = 0, lengths[2] = { 0, 0 }, at = begin;
    for (; at < s->chunk_end; at++) {
        if (at - begin > MAX_WORD) return 0; /* and so linear on any input */
        char c = s->text.ptr[at];
        if (is_ascii_digit((unsigned char)c)) {
            group++;
        } else if (c == '-' && group > 0 && is_ascii_digit(at_or_end(s, at + 1))) {
            if (groups <= 2) lengths[groups - 1] = group;
            groups++;
            group = 0;
        } else {
            break;
        }
    }
    if (groups == 2) lengths[1] = group;
    if (is_word_char(at_or_end(s, at)) || at_or_end(s, at) == '/') return 0;
    bool telephone = groups == 2 && lengths[1] == 4 && (lengths[0] == 3 || lengths[0] == 5);
    return groups > 2 || telephone ? at - begin : 0;
}

/* What a word scan knows of the word up to now. */
typedef struct {
    size_t begin, part, at; /* part: behind the last hyphen or stop */
    bool has_stop;
} word_scan;

static bool three_digits(const scanner *s, size_t at) {
    for (size_t i = 0; i < 3; i++) {
        if (!is_ascii_digit(at_or_end(s, at + i))) return false;
    }
    return !is_ascii_digit(at_or_end(s, at + 3));
}

static bool is_single_capital(const scanner *s, size_t begin, size_t end) {
    size_t at = begin;
    return begin < end && dln_char_is_upper(dln_utf8_next(s->text, &at)) && at == end;
}

static bool is_single_letter(const scanner *s, size_t begin, size_t end) {
    size_t at = begin;
    return begin < end && dln_char_is_letter(dln_utf8_next(s->text, &at)) && at == end;
}

static bool is_capitals(const scanner *s, size_t begin, size_t end) {
    for (size_t at = begin; at < end;) {
        if (!dln_char_is_upper(dln_utf8_next(s->text, &at))) return false;
    }
    return begin < end && end - begin <= 3;
}

static bool letter_pair_joined_by_and(const scanner *s, const word_scan *w, size_t next) {
    size_t to = next;
    while (to < s->chunk_end && to - next <= 3 && is_word_char(at_or_end(s, to))) to = after(s, to);
    return is_capitals(s, w->part, w->at) && is_capitals(s, next, to);
}

/* 'U.S', 'Ph.D.' */
static bool dotted_letters(const scanner *s, const word_scan *w, size_t next_at) {
    if (!dln_char_is_letter(at_or_end(s, next_at))) return false;
    if (is_single_letter(s, w->part, w->at)) return true;
    size_t stop = after(s, next_at);
    return w->at - w->part == 2 && is_single_capital(s, next_at, stop) && at_or_end(s, stop) == '.';
}

/* Whether the word goes on behind the mark at w->at, whose next character is `next`. */
static bool goes_on(const scanner *s, const word_scan *w, uint32_t mark, size_t next_at) {
    uint32_t before = dln_utf8_before(s->text, w->at), next = at_or_end(s, next_at);
    if (!is_word_char(next)) return false;
    bool digits = dln_char_is_digit(before) && dln_char_is_digit(next);
    if (is_apostrophe(mark)) return dln_char_is_letter(next);
    switch (mark) {
    case '.': return digits || dotted_letters(s, w, next_at);
    case ',': return digits && three_digits(s, next_at);
    case ':': return digits;
    case '/': return digits || (is_single_letter(s, w->begin, w->at) && dln_char_is_letter(next));
    case '_': return true;
    case '&': return letter_pair_joined_by_and(s, w, next_at);
    default: return is_hyphen(mark) && keeps_hyphen(s, w->part, w->at, next_at);
    }
}

/* Whether the text behind a full stop reads on as after an initial: a name or punctuation, no word that opens a
 * sentence. */
static bool continues_initial(const scanner *s, size_t begin) {
    uint32_t c = begin < s->text.len ? dln_utf8_at(s->text, begin) : 0;
    size_t end = begin;
    while (end < s->text.len && end - begin < MAX_WORD && is_word_char(dln_utf8_at(s->text, end))) {
        dln_utf8_next(s->text, &end);
    }
    if (dln_char_is_upper(c))
        return (dln_split_word(s->splitter, dln_str_slice(s->text, begin, end)) & WORD_OPENER) == 0;
    return c != 0 && !dln_char_is_digit(c) && c != '"' && c != 0x201D;
}

/* A full stop behind a word is its own where the word is an abbreviation or an initial. */
static bool takes_stop(const scanner *s, const word_scan *w) {
    if (at_or_end(s, w->at) != '.' || at_or_end(s, w->at + 1) == '.') return false;
    dateline_str word = dln_str_slice(s->text, w->begin, w->at + 1);
    uint32_t facts = dln_split_word(s->splitter, word);
    size_t next = w->at + 1;
    while (next < s->text.len && dln_char_is_space(dln_utf8_at(s->text, next))) dln_utf8_next(s->text, &next);
    uint32_t follower = next < s->text.len ? dln_utf8_at(s->text, next) : 0;
    bool capital = is_single_capital(s, w->begin, w->at);
    if ((facts & WORD_BEFORE_NUMBER) != 0 && (dln_char_is_digit(follower) || !capital))
        return dln_char_is_digit(follower);
    if (capital) return s->text.ptr[w->begin] != 'I' && continues_initial(s, next);
    if ((facts & WORD_BEFORE_LOWER) != 0) return follower != 0 && !dln_char_is_upper(follower);
    if ((facts & WORD_ABBREVIATION) != 0) return true;
    return w->has_stop && is_single_letter(s, w->part, w->at);
}

/* '5km' is a number and its unit, '20th' is one word. */
static size_t number_end(const scanner *s, size_t begin, size_t end) {
    size_t at = begin;
    while (at < end && (is_ascii_digit((unsigned char)s->text.ptr[at]) || strchr(".,:", s->text.ptr[at]) != NULL)) at++;
    if (at == begin || at == end) return end;
    return (dln_split_word(s->splitter, dln_str_slice(s->text, at, end)) & WORD_UNIT) != 0 ? at : end;
}

/* A possessive's bare apostrophe, unless it closes a quotation: 'the workers' strike'. */
static bool takes_apostrophe(const scanner *s, size_t begin, size_t end) {
    uint32_t mark = at_or_end(s, end);
    if (mark != '\'' && mark != 0x2019) return false;
    return !s->quote_open && is_plural_or_name(s, begin, end) && !is_apostrophe(at_or_end(s, after(s, end)));
}

static size_t finish_word(scanner *s, word_scan *w) {
    if (takes_apostrophe(s, w->begin, w->at)) {
        size_t cut = w->at, end = after(s, w->at);
        emit_cut(s, w->begin, end, &cut, 1);
        return end;
    }
    if (takes_stop(s, w)) w->at++;
    if (at_or_end(s, w->at) == '$' && is_capitals(s, w->begin, w->at)) w->at++; /* 'US$' */
    size_t number = number_end(s, w->begin, w->at);
    emit_word(s, w->begin, number);
    emit(s, number, w->at);
    return w->at;
}

static size_t scan_word(scanner *s, size_t begin) {
    size_t number = dashed_number(s, begin);
    if (number > 0) {
        emit(s, begin, begin + number);
        return begin + number;
    }
    word_scan w = { .begin = begin, .part = begin, .at = begin };
    for (;;) {
        while (w.at < s->chunk_end && is_word_char(at_or_end(s, w.at))) w.at = after(s, w.at);
        uint32_t mark = at_or_end(s, w.at);
        if (w.at >= s->chunk_end) break;
        size_t next = after(s, w.at);
        if (!goes_on(s, &w, mark, next)) break;
        w.has_stop = w.has_stop || mark == '.';
        w.at = next;
        if (!is_apostrophe(mark)) w.part = next;
    }
    return finish_word(s, &w);
}

/* ---------------------------------------------------------------- marks */

/* End of a run of one character, or of '!' and '?' mixed. */
static size_t run_end(const scanner *s, size_t begin) {
    char first = s->text.ptr[begin];
    size_t at = begin + 1;
    if (first == '!' || first == '?') {
        while (at < s->chunk_end && (s->text.ptr[at] == '!' || s->text.ptr[at] == '?')) at++;
    } else if (strchr(".-*=~_+<>#`", first) != NULL) {
        while (at < s->chunk_end && s->text.ptr[at] == first) at++;
    } else if (first == '\'' && at < s->chunk_end && s->text.ptr[at] == '\'') {
        at++; /* typists' quotation marks: `` '' */
    }
    return at;
}

/* Length of a smiley that ends its chunk but for stops: ':-)', ';)', ':('; 0: none. */
static size_t smiley(const scanner *s, size_t begin) {
    size_t at = begin;
    if (strchr(":;=", s->text.ptr[at]) == NULL) return 0;
    at++;
    if (at < s->chunk_end && strchr("-^o", s->text.ptr[at]) != NULL) at++;
    size_t mouth = at;
    while (at < s->chunk_end && strchr(")(DPp/\\|*3]", s->text.ptr[at]) != NULL) at++;
    if (at == mouth) return 0;
    return at == s->chunk_end || strchr(".,!?", s->text.ptr[at]) != NULL ? at - begin : 0;
}

/* ''em', ''90s', and the clitic of something that is no word: '#'s'. */
static size_t elision_end(const scanner *s, size_t begin) {
    size_t word = after(s, begin), at = word;
    while (at < s->chunk_end && at - word < MAX_WORD && is_word_char(at_or_end(s, at))) at = after(s, at);
    if (at == word) return begin;
    if (is_ascii_digit(at_or_end(s, word)) && at - word <= 3) return at;
    char plain[MAX_WORD + 4] = "'";
    dateline_str tail = dln_str_slice(s->text, word, at);
    if (tail.len > MAX_WORD) return begin;
    memcpy(plain + 1, tail.ptr, tail.len);
    if ((dln_split_word(s->splitter, (dateline_str){ plain, tail.len + 1 }) & WORD_ELISION) != 0) return at;
    return begin > s->chunk_begin && is_clitic(tail) ? at : begin;
}

static void note_single_quote(scanner *s, size_t begin, uint32_t c) {
    bool opens = begin == s->chunk_begin || !is_word_char(dln_utf8_before(s->text, begin));
    bool followed = is_word_char(at_or_end(s, after(s, begin)));
    s->quote_open = c == 0x2018 || (c == '\'' && opens && followed && !s->quote_open);
}

static size_t scan_mark(scanner *s, size_t at) {
    uint32_t c = dln_utf8_at(s->text, at);
    size_t end = after(s, at);
    if (is_apostrophe(c) || c == 0x2018) {
        size_t elision = elision_end(s, at);
        if (elision > at) end = elision;
        else if (c != '`') note_single_quote(s, at, c);
        if (c > 0x80 && elision == at && is_apostrophe(at_or_end(s, end))) end = after(s, end); /* ’’ for ” */
    }
    if (c < 0x80 && end == at + 1) {
        size_t face = smiley(s, at);
        end = face > 0 ? at + face : run_end(s, at);
        bool signed_number = c == '+' && is_ascii_digit(at_or_end(s, at + 1)) && at == s->chunk_begin;
        bool decimal = c == '.' && is_ascii_digit(at_or_end(s, at + 1)) && at == s->chunk_begin;
        if (signed_number || decimal) {
            while (end < s->chunk_end && is_ascii_digit(at_or_end(s, end))) end++;
        }
    }
    emit(s, at, end);
    return end;
}

static size_t scan_one(scanner *s, size_t at) {
    return is_word_char(dln_utf8_at(s->text, at)) ? scan_word(s, at) : scan_mark(s, at);
}

static void split_chunk(scanner *s) {
    if (split_address(s)) return;
    for (size_t at = s->chunk_begin; at < s->chunk_end;) at = scan_one(s, at);
}

static bool parts_chunk(char c) {
    return c == '<' || c == '>' || c == '"';
}

/* <, > and " never stand inside a word or an address ('"A. Bell"<bell@example.org>'): cut there first. */
static void split_chunk_at_marks(scanner *s, size_t begin, size_t end) {
    for (size_t at = begin; at < end;) {
        size_t to = at + 1;
        bool mark = parts_chunk(s->text.ptr[at]);
        while (to < end && parts_chunk(s->text.ptr[to]) == mark) to++;
        s->chunk_begin = at;
        s->chunk_end = to;
        s->space_after = to == end;
        split_chunk(s);
        at = to;
    }
}

void dln_split_tokens(const dln_splitter *splitter, dateline_doc *doc, size_t begin, size_t end) {
    scanner s = { .splitter = splitter, .doc = doc, .text = dln_str_slice(doc->text, 0, end) };
    for (size_t at = begin; at < end && doc->tokens.status == DATELINE_OK;) {
        size_t start = at;
        if (dln_char_is_space(dln_utf8_next(s.text, &at))) continue;
        while (at < end && !dln_char_is_space(dln_utf8_at(s.text, at))) dln_utf8_next(s.text, &at);
        split_chunk_at_marks(&s, start, at);
    }
}
