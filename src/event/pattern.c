/* SPDX-License-Identifier: Apache-2.0
 * pattern.c: 'A accuse R of X': the little sentences of the event lexicon, compiled to frames. docs/lexicon.md. */
#include "event/event_internal.h"

enum { MAX_PIECES = 24, MAX_PIECE_TOKENS = MAX_PIECES };

typedef enum { PIECE_WORD = 0, PIECE_ROLE, PIECE_AND, PIECE_CLASS } piece_kind;

/* One token of a pattern. */
typedef struct {
    piece_kind kind;
    dateline_str text;      /* the words, or the class */
    dateline_str condition; /* of a role */
    char role;              /* A, R, X or S */
    bool owner;             /* has 's */
    bool optional;
} piece;

typedef struct {
    piece items[MAX_PIECES];
    size_t count, at;
    frame *out;
    const char *why;
} pattern_parser;

bool dln_word_among(dateline_str word, dateline_str alternatives) {
    while (alternatives.len > 0) {
        dateline_str one = dln_str_part(&alternatives, '/');
        if (one.len > 0 && dln_str_equal_nocase(one, word)) return true;
    }
    return false;
}

dateline_str dln_lower_short(dateline_str word, char *space, size_t size) {
    if (word.len > size) return (dateline_str){ NULL, 0 };
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        space[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (dateline_str){ space, word.len };
}

static bool fail(pattern_parser *p, const char *why) {
    if (p->why == NULL) p->why = why;
    return false;
}

static dateline_str cut(dateline_str text, size_t head, size_t tail) {
    return dln_str_slice(text, head, text.len - tail);
}

/* One blank-separated token, its parentheses taken off already. */
static bool read_piece(pattern_parser *p, dateline_str text, bool optional) {
    if (p->count == MAX_PIECES) return fail(p, "the pattern is too long");
    piece *out = &p->items[p->count++];
    memset(out, 0, sizeof *out);
    out->optional = optional;
    if (dln_str_ends(text, DLN_STR("'s"))) {
        out->owner = true;
        text = cut(text, 0, 2);
    }
    if (text.len == 0) return fail(p, "an 's stands alone");
    bool role = strchr("ARXS", text.ptr[0]) != NULL && (text.len == 1 || text.ptr[1] == '[');
    if (role) {
        out->kind = PIECE_ROLE;
        out->role = text.ptr[0];
        if (text.len == 1) return true;
        if (text.ptr[text.len - 1] != ']') return fail(p, "a condition has no closing ]");
        out->condition = cut(text, 2, 1);
        return true;
    }
    if (text.ptr[0] == '[') {
        if (text.len < 3 || text.ptr[text.len - 1] != ']') return fail(p, "a word class has no closing ]");
        out->kind = PIECE_CLASS;
        out->text = text;
        return true;
    }
    if (out->owner) return fail(p, "only a role letter takes 's");
    out->kind = dln_str_is(text, "and") ? PIECE_AND : PIECE_WORD;
    out->text = text;
    return true;
}

static bool read_pieces(pattern_parser *p, dateline_str pattern) {
    unsigned depth = 0;
    while (pattern.len > 0) {
        dateline_str text = dln_str_part(&pattern, ' ');
        if (text.len == 0) continue;
        while (text.len > 0 && text.ptr[0] == '(') depth++, text = cut(text, 1, 0);
        unsigned closing = 0;
        while (text.len > 0 && text.ptr[text.len - 1] == ')') closing++, text = cut(text, 0, 1);
        if (text.len == 0) return fail(p, "an empty parenthesis");
        if (!read_piece(p, text, depth > 0)) return false;
        if (closing > depth) return fail(p, "a parenthesis closes that was not opened");
        depth -= closing;
    }
    return depth == 0 || fail(p, "a parenthesis is not closed");
}

static const piece *peek(const pattern_parser *p, size_t ahead) {
    return p->at + ahead < p->count ? &p->items[p->at + ahead] : NULL;
}

static bool is_kind(const piece *item, piece_kind kind) {
    return item != NULL && item->kind == kind;
}

static bool is_text(const piece *item) {
    return is_kind(item, PIECE_WORD) || is_kind(item, PIECE_CLASS);
}

static frame_slot *add_slot(pattern_parser *p, slot_place place, const piece *item) {
    static const struct {
        char letter;
        role_kind role;
    } roles[] = { { 'A', ROLE_ACTOR }, { 'R', ROLE_RECIPIENT }, { 'X', ROLE_CONTENT }, { 'S', ROLE_CONTENT } };
    if (p->out->slot_count == MAX_SLOTS) {
        fail(p, "the pattern has too many slots");
        return &p->out->slots[MAX_SLOTS - 1];
    }
    frame_slot *slot = &p->out->slots[p->out->slot_count++];
    memset(slot, 0, sizeof *slot);
    slot->place = place;
    slot->optional = item->optional;
    if (item->kind != PIECE_ROLE) {
        slot->words = item->text;
        return slot;
    }
    slot->condition = item->condition;
    slot->clause = item->role == 'S';
    for (size_t i = 0; i < 4; i++) {
        if (roles[i].letter == item->role) slot->role = roles[i].role;
    }
    return slot;
}

/* A role after what governs it; 'A and A' takes three pieces. */
static frame_slot *take_role(pattern_parser *p, slot_place place) {
    const piece *item = peek(p, 0), *and = peek(p, 1), *second = peek(p, 2);
    frame_slot *slot = add_slot(p, place, item);
    p->at++;
    if (is_kind(and, PIECE_AND) && is_kind(second, PIECE_ROLE) && second->role == item->role) {
        slot->several = true;
        p->at += 2;
    }
    return slot;
}

static void take_object(pattern_parser *p) {
    const piece *next = peek(p, 1);
    bool indirect = is_kind(next, PIECE_ROLE) && next->role != 'S' && peek(p, 0)->role != 'S';
    if (peek(p, 0)->role == 'S') take_role(p, PLACE_CLAUSE);
    else take_role(p, indirect ? PLACE_INDIRECT : PLACE_OBJECT);
}

/* Words that tie what follows to the predicate: grammar, not vocabulary, so they stand here. */
static bool is_preposition(const piece *item) {
    static const char words[] = "to/on/in/into/at/for/from/of/with/by/as/under/against/over/out/off/up/onto/about/"
                                "between/among/through/behind/towards/toward/upon/without/around/outside/inside/near/"
                                "across/before/after/via/that/whether/along/alongside/during/beyond/within/back/down/"
                                "away/amid/if/unless";
    if (!is_kind(item, PIECE_WORD)) return false;
    dateline_str rest = item->text;
    return dln_word_among(dln_str_part(&rest, '/'), DLN_STR(words));
}

/* 'with R', 'to S', 'on strike', or a word alone. */
static void take_text(pattern_parser *p) {
    const piece *item = peek(p, 0), *next = peek(p, 1);
    bool preposition = is_preposition(item);
    if (is_kind(next, PIECE_ROLE) && !next->owner && preposition) {
        p->at++;
        frame_slot *slot = take_role(p, next->role == 'S' ? PLACE_CLAUSE : PLACE_PREPOSITION);
        slot->relation = item->text;
        slot->optional = slot->optional || item->optional;
        return;
    }
    bool owned = is_kind(next, PIECE_ROLE) && next->owner && is_text(peek(p, 2)); /* 'on A's support' */
    const piece *word = owned ? peek(p, 2) : next;
    if (is_text(word) && preposition && !is_preposition(word)) {
        frame_slot *slot = add_slot(p, PLACE_PREPOSITION, word);
        slot->relation = item->text;
        if (owned) add_slot(p, PLACE_OWNED, next);
        p->at += owned ? 3 : 2;
        return;
    }
    add_slot(p, PLACE_WORD, item);
    p->at++;
}

/* 'R's proposal': the word and its owner; 'R's X' is R alone, for whatever fills it passes the role on to its owner. */
static bool take_owned(pattern_parser *p) {
    const piece *item = peek(p, 0), *next = peek(p, 1);
    if (is_kind(next, PIECE_ROLE) && next->role == 'X') {
        take_role(p, PLACE_OBJECT);
        p->at++;
        return true;
    }
    if (!is_text(next)) return fail(p, "a noun must follow 's");
    add_slot(p, PLACE_WORD, next);
    add_slot(p, PLACE_OWNED, item);
    p->at += 2;
    return true;
}

static bool take_rest(pattern_parser *p) {
    while (p->why == NULL && p->at < p->count) {
        const piece *item = peek(p, 0);
        if (is_text(item)) take_text(p);
        else if (item->kind == PIECE_ROLE && !item->owner) take_object(p);
        else if (item->kind == PIECE_ROLE) take_owned(p);
        else return fail(p, "'and' stands only in 'A and A'");
    }
    return p->why == NULL;
}

/* 'A VERB …', 'A be ADJECTIVE …' */
static bool take_verb(pattern_parser *p) {
    take_role(p, PLACE_SUBJECT);
    if (!is_kind(peek(p, 0), PIECE_WORD)) return fail(p, "a verb must follow the first role");
    p->out->kind = FRAME_VERB;
    if (dln_str_is(peek(p, 0)->text, "be") && is_text(peek(p, 1))) {
        p->out->kind = FRAME_COPULA;
        p->at++;
    }
    p->out->head = peek(p, 0)->text;
    p->at++;
    return take_rest(p);
}

/* '[A's] [modifier …] NOUN …': the last word before a preposition or the end is the head. */
static bool take_noun(pattern_parser *p) {
    p->out->kind = FRAME_NOUN;
    if (peek(p, 0)->owner) take_role(p, PLACE_OWNER);
    if (!is_text(peek(p, 0))) return fail(p, "an event noun must follow 's");
    while (is_text(peek(p, 1)) && !is_preposition(peek(p, 1))) {
        add_slot(p, PLACE_WORD, peek(p, 0));
        p->at++;
    }
    p->out->head = peek(p, 0)->text;
    p->at++;
    return take_rest(p);
}

static bool check_roles(pattern_parser *p) {
    bool actor = false;
    for (size_t i = 0; i < p->out->slot_count; i++) actor |= p->out->slots[i].role == ROLE_ACTOR;
    return actor || fail(p, "no A: a pattern needs an actor");
}

bool dln_frame_parse(dateline_str pattern, frame *out, const char **why) {
    pattern_parser parser = { .out = out };
    memset(out, 0, sizeof *out);
    bool spoken = dln_str_starts(pattern, DLN_STR("A:")); /* 'A: R be unacceptable': whoever says so acts */
    if (spoken) {
        pattern = dln_str_trim(dln_str_slice(pattern, 2, pattern.len));
        add_slot(&parser, PLACE_SPEAKER, &(piece){ .kind = PIECE_ROLE, .role = 'A' });
    }
    bool fine = read_pieces(&parser, pattern);
    if (fine && parser.count < 2) fine = fail(&parser, "a pattern is a role and a predicate at least");
    bool verb = fine && parser.items[0].kind == PIECE_ROLE && !parser.items[0].owner;
    if (fine) fine = verb ? take_verb(&parser) : take_noun(&parser);
    if (fine) fine = check_roles(&parser);
    if (why != NULL) *why = parser.why;
    return fine && parser.why == NULL;
}
