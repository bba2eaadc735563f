/* SPDX-License-Identifier: Apache-2.0
 * finder.c: phrases as an automaton over words: a hash table of all phrases and all their beginnings. */
#include "lexicon_internal.h"

/* A beginning of phrases; the phrases that are complete here hang on it in lexicon order. */
typedef struct {
    uint64_t hash;        /* of the folded words; 0: free */
    uint32_t first, last; /* phrase number + 1; 0: none */
} slot;

typedef struct {
    dln_folded words;
    uint32_t entry, next; /* next: phrase number + 1 */
} phrase;

struct dln_finder {
    slot *slots;
    size_t slot_count; /* a power of two, never more than half full */
    dln_array phrases; /* phrase */
};

#define HASH_START 0xcbf29ce484222325u

static uint64_t hash_more(uint64_t hash, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) hash = (hash ^ (uint8_t)text[i]) * 0x100000001b3u;
    return hash == 0 ? 1 : hash;
}

/* The slot of a hash, or the free one where it would go. FNV's low bits are its weakest: the high ones are mixed in. */
static slot *slot_of(const dln_finder *finder, uint64_t hash) {
    size_t mask = finder->slot_count - 1, i = (size_t)(hash ^ hash >> 32) & mask;
    while (finder->slots[i].hash != 0 && finder->slots[i].hash != hash) i = (i + 1) & mask;
    return &finder->slots[i];
}

/* ---------------------------------------------------------------- building */

static void hang_phrase(dln_finder *finder, size_t number) {
    phrase *all = finder->phrases.items;
    dateline_str text = all[number].words.folded;
    uint64_t hash = HASH_START;
    slot *here = NULL;
    for (size_t begin = 0; begin < text.len;) {
        size_t end = dln_str_find(text, DLN_STR(" "), begin);
        if (end > text.len) end = text.len;
        if (begin > 0) hash = hash_more(hash, " ", 1);
        hash = hash_more(hash, text.ptr + begin, end - begin);
        here = slot_of(finder, hash);
        here->hash = hash;
        begin = end + 1;
    }
    if (here == NULL) return; /* nothing but punctuation */
    uint32_t link = (uint32_t)number + 1;
    if (here->first == 0) here->first = link;
    else all[here->last - 1].next = link;
    here->last = link;
}

/* Collects the phrases of a kind; returns how many words they have. */
static size_t collect(dln_finder *finder, const dln_lexicon *lexicon, const char *kind) {
    size_t words = 0;
    uint32_t first, count = dln_lexicon_kind(lexicon, kind, &first);
    for (uint32_t entry = first; entry < first + count; entry++) {
        uint32_t phrase_count = dln_entry_phrase_count(lexicon, entry);
        for (uint32_t i = 0; i < phrase_count; i++) {
            phrase item = { dln_entry_folded(lexicon, entry, i), entry, 0 };
            if (item.words.folded.len == 0) continue;
            words++;
            for (size_t c = 0; c < item.words.folded.len; c++) words += item.words.folded.ptr[c] == ' ';
            dln_array_push(&finder->phrases, &item);
        }
    }
    return words;
}

dln_finder *dln_finder_new(const dln_lexicon *lexicon, const char *const *kinds, size_t kind_count,
                           dateline_error *err) {
    dln_finder *finder = dln_alloc(1, sizeof *finder);
    if (finder == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_array_init(&finder->phrases, sizeof(phrase));
    size_t words = 0;
    for (size_t i = 0; i < kind_count; i++) words += collect(finder, lexicon, kinds[i]);
    for (finder->slot_count = 16; finder->slot_count < 2 * words;) finder->slot_count *= 2;
    finder->slots = dln_alloc(finder->slot_count, sizeof *finder->slots);
    if (finder->slots == NULL || finder->phrases.status != DATELINE_OK) {
        dln_finder_free(finder);
        dln_error_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < finder->phrases.count; i++) hang_phrase(finder, i);
    return finder;
}

void dln_finder_free(dln_finder *finder) {
    if (finder == NULL) return;
    dln_free(finder->slots);
    dln_array_release(&finder->phrases);
    dln_free(finder);
}

/* ---------------------------------------------------------------- finding */

enum { TEXT_BYTES = DLN_PHRASE_WORDS * (DLN_WORD_BYTES + 1), QUIET_TOKENS = 2 };

/* A place where phrases end: at the end of a token, `depth` words and `len` bytes from the start. */
typedef struct {
    const slot *at;
    size_t token;
    uint32_t depth, len;
} stop;

/* The words read from the tokens up to now. */
typedef struct {
    const dln_finder *finder;
    const slot *at;
    uint64_t hash;
    uint32_t depth, len;
    unsigned capitals[DLN_PHRASE_WORDS];
    char text[TEXT_BYTES];
} walk;

/* Adds a word; false: no phrase begins so. */
static bool step(walk *w, const dln_word *word) {
    if (w->depth == DLN_PHRASE_WORDS || word->len > DLN_WORD_BYTES) return false;
    if (w->depth > 0) {
        w->hash = hash_more(w->hash, " ", 1);
        w->text[w->len++] = ' ';
    }
    w->hash = hash_more(w->hash, word->text, word->len);
    memcpy(w->text + w->len, word->text, word->len);
    w->len += word->len;
    w->capitals[w->depth++] = word->capital;
    w->at = slot_of(w->finder, w->hash);
    return w->at->hash != 0;
}

/* Walks from word `at` on as far as phrases go; writes down where some end. */
static size_t walk_words(walk *w, const dateline_str *words, size_t word_count, size_t at, stop *stops) {
    size_t count = 0, quiet = 0;
    for (size_t token = at; token < word_count && quiet <= QUIET_TOKENS; token++) {
        dln_word word;
        uint32_t depth_before = w->depth;
        for (size_t i = 0; dln_word_next(words[token], &i, &word);)
            if (!step(w, &word)) return count;
        if (w->depth == depth_before) {
            if (token == at) return 0; /* nothing starts at a mark that is passed over */
            quiet++;
            continue;
        }
        quiet = 0;
        if (w->at->first != 0) stops[count++] = (stop){ w->at, token, w->depth, w->len };
    }
    return count;
}

static bool phrase_fits(const walk *w, const stop *end, const phrase *item) {
    if (item->words.folded.len != end->len || memcmp(item->words.folded.ptr, w->text, end->len) != 0) return false;
    for (uint32_t i = 0; i < end->depth; i++)
        if ((item->words.capitals >> (2 * i) & 3) > w->capitals[i]) return false;
    return true;
}

size_t dln_finder_at(const dln_finder *finder, const dateline_str *words, size_t word_count, size_t at,
                     dln_found *found, size_t max) {
    stop stops[DLN_PHRASE_WORDS];
    walk w;
    w.finder = finder;
    w.at = NULL;
    w.hash = HASH_START;
    w.depth = w.len = 0;
    const phrase *phrases = finder->phrases.items;
    size_t count = 0, stop_count = walk_words(&w, words, word_count, at, stops);
    for (size_t s = stop_count; s-- > 0;) {
        size_t first_here = count;
        for (uint32_t link = stops[s].at->first; link != 0 && count < max; link = phrases[link - 1].next) {
            const phrase *item = &phrases[link - 1];
            if (!phrase_fits(&w, &stops[s], item)) continue;
            if (count > first_here && found[count - 1].entry == item->entry) continue; /* two spellings of one entry */
            found[count++] = (dln_found){ (uint32_t)at, (uint32_t)(stops[s].token - at + 1), item->entry };
        }
    }
    return count;
}
