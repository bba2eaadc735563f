/* SPDX-License-Identifier: Apache-2.0
 * decode.c: the best tree and the best entity tags under what is legal. */
#include "nn/nn_internal.h"

/* ---------------------------------------------------------------- trees */

#define NEVER (INT64_MIN / 4)

/* Heads of nodes 1 to n (0 the root) from scores [n + 1][n + 1], dependent by head. */

static uint32_t best_head(const int64_t *row, uint32_t size, uint32_t self) {
    uint32_t best = self == 0 ? 1 : 0;
    for (uint32_t j = 0; j < size; j++)
        if (j != self && row[j] > row[best]) best = j;
    return best;
}

/* A node of a cycle among heads, 0 if there is none. mark: size entries of scratch, zeroed. */
static uint32_t find_cycle(const uint32_t *head, uint32_t size, uint32_t *mark) {
    for (uint32_t i = 1; i < size; i++) {
        uint32_t at = i;
        while (at != 0 && mark[at] == 0) {
            mark[at] = i;
            at = head[at];
        }
        if (at != 0 && mark[at] == i) return at;
    }
    return 0;
}

/* Chu-Liu-Edmonds: while the best heads run in a circle, the circle becomes one node; Tarjan 1977 tells why that is
 * right. A level a circle, so it is told as a loop down and a loop back. */
typedef struct level {
    struct level *before;
    int64_t *score;
    uint32_t size, *head;
    uint32_t *node_of; /* of this level's nodes: their node in the level above */
    uint32_t *leave;   /* in the level above: which member of the circle a node outside hangs on */
    uint32_t *enter;   /* which member takes a head from outside */
    bool *in_cycle;
} level;

static level *new_level(dln_arena *scratch, level *before, uint32_t size) {
    level *made = dln_arena_alloc(scratch, 1, sizeof *made);
    if (made == NULL) return NULL;
    made->before = before;
    made->size = size;
    made->score = dln_arena_alloc(scratch, (size_t)size * size, sizeof *made->score);
    made->head = dln_arena_alloc(scratch, size, sizeof *made->head);
    made->node_of = dln_arena_alloc(scratch, size, sizeof *made->node_of);
    made->leave = dln_arena_alloc(scratch, size, sizeof *made->leave);
    made->enter = dln_arena_alloc(scratch, size, sizeof *made->enter);
    made->in_cycle = dln_arena_alloc(scratch, size, sizeof *made->in_cycle);
    return scratch->status == DATELINE_OK ? made : NULL;
}

/* The level above: nodes outside the circle in order, then the circle as the last node. */
static level *contract(dln_arena *scratch, level *own, uint32_t start) {
    uint32_t size = own->size, outside = 0;
    for (uint32_t at = start; !own->in_cycle[at]; at = own->head[at]) own->in_cycle[at] = true;
    for (uint32_t i = 0; i < size; i++)
        if (!own->in_cycle[i]) own->node_of[i] = outside++;
    for (uint32_t i = 0; i < size; i++)
        if (own->in_cycle[i]) own->node_of[i] = outside;
    level *above = new_level(scratch, own, outside + 1);
    if (above == NULL) return NULL;
    for (size_t k = 0; k < (size_t)above->size * above->size; k++) above->score[k] = NEVER;
    for (uint32_t i = 1; i < size; i++)
        for (uint32_t j = 0; j < size; j++) {
            uint32_t to = own->node_of[i], from = own->node_of[j];
            if (i == j || to == from) continue;
            int64_t gain = own->score[(size_t)i * size + j];
            if (gain > NEVER / 2 && own->in_cycle[i]) gain -= own->score[(size_t)i * size + own->head[i]];
            int64_t *best = &above->score[(size_t)to * above->size + from];
            if (gain <= *best) continue;
            *best = gain;
            if (own->in_cycle[i]) above->enter[from] = i;
            if (own->in_cycle[j]) above->leave[to] = j;
        }
    return above;
}

/* Heads of a level from those of the level above it. */
static void expand(const level *above, level *own) {
    uint32_t circle = above->size - 1;
    uint32_t *outer = above->head;
    for (uint32_t i = 1; i < own->size; i++) {
        if (own->in_cycle[i]) continue; /* keeps its head in the circle, but for one */
        uint32_t head = outer[own->node_of[i]];
        if (head == circle) {
            own->head[i] = above->leave[own->node_of[i]];
            continue;
        }
        for (uint32_t j = 0; j < own->size; j++)
            if (!own->in_cycle[j] && own->node_of[j] == head) own->head[i] = j;
    }
    uint32_t head = outer[circle], member = above->enter[head];
    for (uint32_t j = 0; j < own->size; j++)
        if (!own->in_cycle[j] && own->node_of[j] == head) own->head[member] = j;
}

static bool best_tree(dln_arena *scratch, level *own) {
    for (;;) {
        uint32_t *mark = dln_arena_alloc(scratch, own->size, sizeof *mark);
        if (mark == NULL) return false;
        for (uint32_t i = 1; i < own->size; i++)
            own->head[i] = best_head(own->score + (size_t)i * own->size, own->size, i);
        uint32_t start = find_cycle(own->head, own->size, mark);
        if (start == 0) break;
        own = contract(scratch, own, start);
        if (own == NULL) return false;
    }
    for (; own->before != NULL; own = own->before) expand(own, own->before);
    return true;
}

static uint32_t count_roots(const uint32_t *head, uint32_t size) {
    uint32_t roots = 0;
    for (uint32_t i = 1; i < size; i++) roots += head[i] == 0;
    return roots;
}

/* The root's one child: the word that gains most by it against its best other head. */
static uint32_t choose_root(const int64_t *score, uint32_t size) {
    uint32_t best = 1;
    int64_t best_gain = INT64_MIN;
    for (uint32_t i = 1; i < size; i++) {
        int64_t other = INT64_MIN / 2;
        for (uint32_t j = 1; j < size; j++)
            if (j != i && score[(size_t)i * size + j] > other) other = score[(size_t)i * size + j];
        int64_t gain = score[(size_t)i * size] - other;
        if (gain > best_gain) {
            best_gain = gain;
            best = i;
        }
    }
    return best;
}

bool dln_decode_tree(dln_arena *scratch, const int64_t *score, uint32_t n, uint32_t *heads) {
    uint32_t size = n + 1;
    level *own = new_level(scratch, NULL, size);
    uint32_t *mark = dln_arena_alloc(scratch, size, sizeof *mark);
    if (own == NULL || mark == NULL) return false;
    for (uint32_t i = 1; i < size; i++) own->head[i] = best_head(score + (size_t)i * size, size, i);
    bool done = count_roots(own->head, size) == 1 && find_cycle(own->head, size, mark) == 0;
    if (!done) {
        uint32_t root = choose_root(score, size);
        memcpy(own->score, score, (size_t)size * size * sizeof *score);
        for (uint32_t i = 1; i < size; i++) {
            if (i != root) own->score[(size_t)i * size] = NEVER;
            own->score[(size_t)i * size + i] = NEVER;
        }
        for (uint32_t j = 1; j < size; j++) own->score[(size_t)root * size + j] = NEVER;
        if (!best_tree(scratch, own)) return false;
    }
    memcpy(heads, own->head + 1, n * sizeof *heads);
    return true;
}

/* ---------------------------------------------------------------- entities */

static bool may_follow(const dln_network *network, uint32_t before, uint32_t tag) {
    if (network->opens[before])
        return network->inside[tag] && network->entity_type[before] == network->entity_type[tag];
    return network->begins[tag];
}

/* Each word's best tag, if that is a legal sequence: the best one then. */
static bool take_best_tags(const dln_network *network, const int32_t *sums, size_t stride, uint32_t n,
                           dln_reading *readings) {
    uint32_t before = 0; /* the tag O */
    for (uint32_t i = 0; i < n; i++) {
        const int32_t *row = sums + i * stride;
        uint32_t best = 0;
        for (uint32_t t = 1; t < network->entities; t++)
            if (row[t] > row[best]) best = t;
        if (!may_follow(network, before, best)) return false;
        readings[i].entity = before = best;
    }
    return !network->opens[before];
}

bool dln_decode_entities(const dln_network *network, dln_arena *scratch, const int32_t *sums, size_t stride, uint32_t n,
                         dln_reading *readings) {
    if (n == 0 || take_best_tags(network, sums, stride, n, readings)) return true;
    uint32_t tags = network->entities;
    int64_t *best = dln_arena_alloc(scratch, tags, sizeof *best), *next = dln_arena_alloc(scratch, tags, sizeof *next);
    uint8_t *back = dln_arena_alloc(scratch, n, tags);
    if (best == NULL || next == NULL || back == NULL) return false;
    for (uint32_t t = 0; t < tags; t++) best[t] = network->begins[t] ? sums[t] : NEVER;
    for (uint32_t i = 1; i < n; i++) {
        for (uint32_t t = 0; t < tags; t++) {
            int64_t top = NEVER;
            for (uint32_t b = 0; b < tags; b++)
                if (best[b] > top && may_follow(network, b, t)) {
                    top = best[b];
                    back[(size_t)i * tags + t] = (uint8_t)b;
                }
            next[t] = top <= NEVER ? NEVER : top + sums[i * stride + t];
        }
        int64_t *swap = best;
        best = next;
        next = swap;
    }
    uint32_t last = 0; /* O may always end */
    for (uint32_t t = 1; t < tags; t++)
        if (!network->opens[t] && best[t] > best[last]) last = t;
    for (uint32_t i = n; i-- > 0; last = back[(size_t)i * tags + last]) readings[i].entity = last;
    return true;
}
