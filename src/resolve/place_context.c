/* SPDX-License-Identifier: Apache-2.0
 * place_context.c: the countries that a text speaks of, and which of the lexicon's places a phrase means, for those who
 * need it before the places themselves are resolved. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- the countries of a text */

void dln_country_note(dln_country_counts *c, dateline_str code) {
    uint32_t i = 0;
    while (i < c->count && !dln_str_is(code, c->items[i].code)) i++;
    if (i == DLN_MAX_COUNTRIES || code.len != 3) return;
    if (i == c->count) memcpy(c->items[c->count++].code, code.ptr, 3);
    c->items[i].mentions++;
}

uint32_t dln_country_mentions(const dln_country_counts *c, dateline_str code) {
    for (uint32_t i = 0; i < c->count; i++) {
        if (dln_str_is(code, c->items[i].code)) return c->items[i].mentions;
    }
    return 0;
}

static dateline_str value(const dln_reading *reading, uint32_t entry, const char *key) {
    return dln_entry_value(reading->resolver->lexicon, entry, key, 0);
}

void dln_place_context(dln_reading *reading) {
    const dln_match *matches = reading->match_list.items;
    for (size_t i = 0; i < reading->match_list.count; i++) {
        for (uint32_t k = 0; k < matches[i].entry_count; k++) {
            if (dln_world_kind(reading->resolver, matches[i].entries[k]) != DLN_KIND_COUNTRY) continue;
            dln_country_note(&reading->countries, value(reading, matches[i].entries[k], "code"));
            break;
        }
    }
}

/* ---------------------------------------------------------------- choosing among namesakes */

/* Whether `entry` lies in what a phrase behind the comma names: a country, or a state that is its province. */
static bool lies_in(const dln_reading *reading, uint32_t entry, const dln_match *outer) {
    for (uint32_t i = 0; outer != NULL && i < outer->entry_count; i++) {
        if (!dln_str_equal(value(reading, entry, "code"), value(reading, outer->entries[i], "code"))) continue;
        if (dln_world_kind(reading->resolver, outer->entries[i]) == DLN_KIND_COUNTRY) return true;
        dateline_str province = value(reading, entry, "province");
        if (dln_str_equal(province, dln_world_codes(reading->resolver, outer->entries[i]).name)) return true;
    }
    return false;
}

enum { WELL_KNOWN = 4000, COUNTRY_BONUS = 60, NAMESAKE_STEP = 25, OUTER_BONUS = 500, LAST_CHOICE = -1000 };

/* How well an entry fits as the place meant; the gazetteer's order counts by `rank`. INT32_MIN: it is none, or a small
 * place far from all that the text speaks of. */
static int fitness(const dln_reading *reading, uint32_t entry, uint32_t rank, const dln_match *outer) {
    const dln_resolver *resolver = reading->resolver;
    dln_kind kind = dln_world_kind(resolver, entry);
    dln_form form = kind == DLN_KIND_COUNTRY ? dln_world_form(resolver, entry) : DLN_FORM_NAME;
    if (kind != DLN_KIND_PLACE && kind != DLN_KIND_COUNTRY) return INT32_MIN;
    if (form == DLN_FORM_ADJECTIVE || form == DLN_FORM_DEMONYM || form == DLN_FORM_SEAT) return INT32_MIN;
    uint32_t mentions = dln_country_mentions(&reading->countries, value(reading, entry, "code"));
    int score = (mentions > 4 ? 4 : (int)mentions) * 10 + (mentions > 0 ? 30 : 0);
    if (lies_in(reading, entry, outer)) score += OUTER_BONUS;
    if (kind == DLN_KIND_COUNTRY) return score + (form == DLN_FORM_CAPITAL ? LAST_CHOICE : COUNTRY_BONUS);
    bool known = entry - resolver->kinds[DLN_KIND_PLACE].first < WELL_KNOWN || value(reading, entry, "id").len == 0 ||
                 dln_str_is(value(reading, entry, "class"), "A");
    if (score == 0 && !known) return INT32_MIN;
    return score - NAMESAKE_STEP * (int)rank;
}

uint32_t dln_place_choose(const dln_reading *reading, const dln_match *match, const dln_match *outer) {
    uint32_t best = DLN_NONE;
    int best_score = INT32_MIN;
    for (uint32_t i = 0; i < match->entry_count; i++) {
        int score = fitness(reading, match->entries[i], i, outer);
        if (score <= best_score) continue;
        best = match->entries[i];
        best_score = score;
    }
    return best;
}

const dln_match *dln_place_outer(const dln_reading *reading, uint32_t end) {
    uint32_t count = (uint32_t)reading->doc->tokens.count;
    if (end + 1 >= count || !dln_str_is(reading->words[end], ",")) return NULL;
    uint32_t match = reading->name_match[end + 1];
    bool same = match != DLN_NONE && reading->sentence_of[end + 1] == reading->sentence_of[end];
    return same ? &reading->matches[match] : NULL;
}
