/* SPDX-License-Identifier: Apache-2.0
 * clusters.c: words that keep the same company: clusters DATA LEXICONS OUT
 *
 * Exchange clustering on bigrams of plain text (after Uszkoreit and Brants 2008, but on both neighbours): words are
 * moved to the cluster where log P(cluster | word before) + log P(cluster | word behind) gains most, until few move.
 * Twice: a fine and a coarse partition. OUT: a line a word, `hash-of-folded-form number`, number = coarse * 512 + fine,
 * both from 1. */
#include "split/split.h"
#include "train.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { VOCABULARY = 40000, LEAST = 8, PASSES = 6, FINE = 320, COARSE = 48, MAX_CLUSTERS = 320 };

/* ---------------------------------------------------------------- text to words */

typedef struct {
    dln_marker *marker;
    dln_splitter *splitter;
    dln_arena scratch;
    dln_array words; /* uint64_t: hash of a folded form; 0: a sentence's bound */
    dln_buf buf;
} reader;

static void add_words(reader *r, const dateline_doc *doc) {
    const uint64_t bound = 0;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const dateline_sentence *sentence = dln_doc_sentence(doc, i);
        for (uint32_t k = 0; k < sentence->token_count; k++) {
            dln_word word;
            dln_word_read(&word, dln_token_form(doc, sentence->first_token + k), &r->buf);
            dln_array_push(&r->words, &word.form);
        }
        dln_array_push(&r->words, &bound);
    }
}

static void read_document(reader *r, const char *text) {
    dateline_input input = DATELINE_INPUT_INIT;
    dateline_error err;
    input.text = dateline_str_from(text);
    input.running_text = true;
    dateline_doc *doc = dln_document_new(&input, &err);
    if (doc == NULL) fail("document", err.what);
    dln_arena_clear(&r->scratch);
    if (dln_document_mark(r->marker, &r->scratch, doc, &err) != DATELINE_OK) fail("document", err.what);
    if (dln_split(r->splitter, &r->scratch, doc, &err) != DATELINE_OK) fail("document", err.what);
    add_words(r, doc);
    dateline_doc_free(doc);
}

static void read_file(reader *r, const char *path) {
    enum { LINE = 1 << 24 };
    char *line = need(dln_alloc(LINE, 1));
    gzFile file = gzopen(path, "rb");
    if (file == NULL) fail(path, "cannot open");
    while (gzgets(file, line, LINE) != NULL) {
        json_t *record = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(record, "text"));
        if (text != NULL) read_document(r, text);
        json_decref(record);
    }
    gzclose(file);
    dln_free(line);
    fprintf(stderr, "%s: %zu words so far\n", path, r->words.count);
}

static void read_texts(reader *r, const char *data, const char *lexicons) {
    static const char *const files[] = { "wikinews.jsonl",     "wikipedia.jsonl", "voa.jsonl",
                                         "globalvoices.jsonl", "speeches.jsonl",  "senate.jsonl.gz",
                                         "whitehouse.jsonl.gz" };
    dateline_error err;
    dln_lexicon *lexicon = dln_lexicon_load(NULL, &lexicons, 1, &err);
    if (lexicon == NULL) fail(lexicons, err.what);
    r->marker = need(dln_marker_new(lexicon, &err));
    r->splitter = need(dln_splitter_new(lexicon, &err));
    dln_arena_init(&r->scratch);
    dln_array_init(&r->words, sizeof(uint64_t));
    dln_buf_init(&r->buf);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        dln_buf path;
        dln_buf_init(&path);
        dln_buf_add_format(&path, "%s/freenews/en_%s%c", data, files[i], 0);
        read_file(r, path.ptr);
        dln_buf_release(&path);
    }
    dln_buf_release(&r->buf);
    dln_arena_release(&r->scratch);
    dln_splitter_free(r->splitter);
    dln_marker_free(r->marker);
    dln_lexicon_free(lexicon);
}

/* ---------------------------------------------------------------- counts */

typedef struct {
    uint64_t hash;
    uint32_t count;
} entry;

/* Neighbours of each word with counts, as one list with a start for each word. */
typedef struct {
    uint32_t *start, *word, *count;
} neighbours;

typedef struct {
    entry *words; /* by count; word 0 is the bound, word 1 all that is rare */
    uint32_t word_count;
    neighbours before, behind;
} language;

static int by_count(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int by_number(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Numbers the words and puts the numbers in their places in the text. */
static void number_words(language *l, dln_array *text) {
    uint64_t *hashes = text->items;
    number_map map;
    bool is_new;
    number_map_init(&map);
    for (size_t i = 0; i < text->count; i++) {
        uint32_t *count = number_map_put(&map, hashes[i], &is_new);
        *count = is_new ? 1 : *count + 1;
    }
    l->words = need(dln_alloc(map.count + 2, sizeof *l->words));
    uint32_t all = 2;
    for (size_t i = 0; i < map.slots; i++)
        if (map.keys[i] > 1 && map.values[i] >= LEAST) l->words[all++] = (entry){ map.keys[i], map.values[i] };
    qsort(l->words + 2, all - 2, sizeof(entry), by_count);
    l->word_count = all < VOCABULARY ? all : VOCABULARY;
    number_map_release(&map);
    for (uint32_t i = 2; i < l->word_count; i++) *number_map_put(&map, l->words[i].hash, &is_new) = i;
    for (size_t i = 0; i < text->count; i++) {
        const uint32_t *number = hashes[i] == 0 ? NULL : number_map_get(&map, hashes[i]);
        uint32_t word = hashes[i] == 0 ? 0 : number == NULL ? 1 : *number;
        if (word < 2) l->words[word].count++;
        hashes[i] = word;
    }
    number_map_release(&map);
}

/* pairs: word << 32 | neighbour, sorted here. */
static neighbours count_pairs(uint64_t *pairs, size_t count, uint32_t word_count) {
    qsort(pairs, count, sizeof *pairs, by_number);
    size_t kinds = 0;
    for (size_t i = 0; i < count; i++) kinds += i == 0 || pairs[i] != pairs[i - 1];
    neighbours n = { need(dln_alloc(word_count + 1, sizeof(uint32_t))), need(dln_alloc(kinds + 1, sizeof(uint32_t))),
                     need(dln_alloc(kinds + 1, sizeof(uint32_t))) };
    uint32_t at = 0, word = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && pairs[i] == pairs[i - 1]) {
            n.count[at - 1]++;
            continue;
        }
        for (; word <= pairs[i] >> 32; word++) n.start[word] = at;
        n.word[at] = (uint32_t)pairs[i];
        n.count[at++] = 1;
    }
    for (; word <= word_count; word++) n.start[word] = at;
    return n;
}

static void count_neighbours(language *l, const dln_array *text) {
    const uint64_t *words = text->items;
    uint64_t *pairs = need(dln_alloc(text->count, sizeof *pairs));
    for (size_t i = 1; i < text->count; i++) pairs[i - 1] = words[i] << 32 | words[i - 1];
    l->before = count_pairs(pairs, text->count - 1, l->word_count);
    for (size_t i = 1; i < text->count; i++) pairs[i - 1] = words[i - 1] << 32 | words[i];
    l->behind = count_pairs(pairs, text->count - 1, l->word_count);
    dln_free(pairs);
    fprintf(stderr, "%u words, %u pairs\n", l->word_count, l->before.start[l->word_count]);
}

/* ---------------------------------------------------------------- exchange */

enum { LOGS = 1 << 16 };
static float logs[LOGS];

static float x_log_x(uint32_t x) {
    return x < LOGS ? logs[x] : (float)((double)x * log((double)x));
}

typedef struct {
    const language *language;
    uint32_t cluster_count;
    uint16_t *cluster;        /* of each word */
    uint32_t *seen_by, *size; /* [word][cluster]: how often a cluster stands behind or before the word; all in all */
} exchange;

/* What the word's neighbours on one side say for each cluster. `side`: 0 before, 1 behind. */
static void add_gains(const exchange *e, const neighbours *n, size_t side, uint32_t word, double *gains) {
    uint32_t own = e->cluster[word];
    for (uint32_t i = n->start[word]; i < n->start[word + 1]; i++) {
        const uint32_t *seen = e->seen_by + (2 * (size_t)n->word[i] + side) * e->cluster_count;
        uint32_t count = n->count[i];
        for (uint32_t c = 0; c < e->cluster_count; c++) {
            uint32_t base = seen[c] - (c == own ? count : 0);
            gains[c] += (double)(x_log_x(base + count) - x_log_x(base));
        }
    }
}

static void count_in(const exchange *e, const neighbours *n, size_t side, uint32_t word, bool in) {
    for (uint32_t i = n->start[word]; i < n->start[word + 1]; i++) {
        uint32_t *seen = e->seen_by + (2 * (size_t)n->word[i] + side) * e->cluster_count + e->cluster[word];
        *seen = in ? *seen + n->count[i] : *seen - n->count[i];
    }
}

static void move_word(exchange *e, uint32_t word, bool in) {
    uint32_t *size = &e->size[e->cluster[word]], count = e->language->words[word].count;
    count_in(e, &e->language->before, 0, word, in);
    count_in(e, &e->language->behind, 1, word, in);
    *size = in ? *size + count : *size - count;
}

static bool place_word(exchange *e, uint32_t word) {
    double gains[MAX_CLUSTERS] = { 0 };
    uint32_t own = e->cluster[word], count = e->language->words[word].count, best = own;
    add_gains(e, &e->language->before, 0, word, gains);
    add_gains(e, &e->language->behind, 1, word, gains);
    for (uint32_t c = 0; c < e->cluster_count; c++) {
        uint32_t base = e->size[c] - (c == own ? count : 0);
        double with = (double)(base + count), without = (double)base;
        gains[c] -= 2 * (with * log(with) - (base == 0 ? 0 : without * log(without)));
    }
    for (uint32_t c = 0; c < e->cluster_count; c++)
        if (gains[c] > gains[best]) best = c;
    if (best == own) return false;
    move_word(e, word, false);
    e->cluster[word] = (uint16_t)best;
    move_word(e, word, true);
    return true;
}

static uint16_t *cluster_words(const language *l, uint32_t cluster_count) {
    exchange e = { l, cluster_count, need(dln_alloc(l->word_count, sizeof(uint16_t))),
                   need(dln_alloc((size_t)l->word_count * 2 * cluster_count, sizeof(uint32_t))),
                   need(dln_alloc(cluster_count, sizeof(uint32_t))) };
    for (uint32_t word = 0; word < l->word_count; word++) {
        e.cluster[word] = (uint16_t)(word % cluster_count);
        move_word(&e, word, true);
    }
    for (uint32_t pass = 0; pass < PASSES; pass++) {
        uint32_t moved = 0;
        for (uint32_t word = 2; word < l->word_count; word++) moved += place_word(&e, word);
        fprintf(stderr, "%u clusters, pass %u: %u words moved\n", cluster_count, pass + 1, moved);
        if (moved * 100 < l->word_count) break;
    }
    dln_free(e.seen_by);
    dln_free(e.size);
    return e.cluster;
}

int main(int argc, char **argv) {
    if (argc != 4) fail("usage", "clusters DATA LEXICONS OUT");
    reader r;
    language l;
    dln_buf out;
    dateline_error err;
    for (uint32_t i = 1; i < LOGS; i++) logs[i] = (float)((double)i * log((double)i));
    read_texts(&r, argv[1], argv[2]);
    number_words(&l, &r.words);
    count_neighbours(&l, &r.words);
    dln_array_release(&r.words);
    const uint16_t *coarse = cluster_words(&l, COARSE), *fine = cluster_words(&l, FINE);
    dln_buf_init(&out);
    for (uint32_t i = 2; i < l.word_count; i++)
        dln_buf_add_format(&out, "%016llx %u\n", (unsigned long long)l.words[i].hash,
                           (coarse[i] + 1u) * 512 + fine[i] + 1u);
    if (dln_file_write(argv[3], dln_buf_str(&out), &err) != DATELINE_OK) fail(argv[3], err.what);
    return 0;
}
