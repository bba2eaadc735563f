/* SPDX-License-Identifier: Apache-2.0
 * world.c: what the lexicon's entries say, and who was what on a day. */
#include "resolve/resolve_internal.h"

/* ---------------------------------------------------------------- codes */

bool dln_code_is_international(const char *code) {
    static const char *const codes[] = { "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(code, codes[i]) == 0) return true;
    }
    return false;
}

void dln_codes_add_sector(dln_codes *codes, const char *sector) {
    for (uint8_t i = 0; i < codes->sector_count; i++) {
        if (strcmp(codes->sector[i], sector) == 0) return;
    }
    if (codes->sector_count == DATELINE_MAX_SECTORS) return;
    memcpy(codes->sector[codes->sector_count++], sector, 4);
}

void dln_codes_set_sector(dln_codes *codes, const char *sector) {
    char copy[4];
    memcpy(copy, sector, sizeof copy); /* it may stand in what is cleared */
    memset(codes->sector, 0, sizeof codes->sector);
    codes->sector_count = 0;
    dln_codes_add_sector(codes, copy);
}

static void copy_code(char out[4], dateline_str code) {
    memset(out, 0, 4);
    if (code.len != 0) memcpy(out, code.ptr, code.len < 3 ? code.len : 3);
}

/* ---------------------------------------------------------------- entries */

dln_kind dln_world_kind(const dln_resolver *resolver, uint32_t entry) {
    for (int kind = DLN_KIND_COUNTRY; kind < DLN_KIND_COUNT; kind++) {
        if (entry - resolver->kinds[kind].first < resolver->kinds[kind].count) return (dln_kind)kind;
    }
    return DLN_KIND_NONE;
}

dln_form dln_world_form(const dln_resolver *resolver, uint32_t entry) {
    static const char *const names[] = { "name", "adjective", "demonym",  "capital",   "seat",
                                         "noun", "title",     "modifier", "spokesman", "member" };
    dateline_str form = dln_entry_value(resolver->lexicon, entry, "as", 0);
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (dln_str_is(form, names[i])) return (dln_form)i;
    }
    return dln_world_kind(resolver, entry) == DLN_KIND_ROLE ? DLN_FORM_NOUN : DLN_FORM_NAME;
}

static dateline_str canonical_name(const dln_lexicon *lexicon, uint32_t entry) {
    dateline_str name = dln_entry_value(lexicon, entry, "name", 0);
    return name.len > 0 ? name : dln_entry_phrase(lexicon, entry, 0);
}

dln_codes dln_world_codes(const dln_resolver *resolver, uint32_t entry) {
    const dln_lexicon *lexicon = resolver->lexicon;
    dln_kind kind = dln_world_kind(resolver, entry);
    dln_codes codes = { 0 };
    copy_code(codes.code, dln_entry_value(lexicon, entry, "code", 0));
    uint32_t count = dln_entry_value_count(lexicon, entry, "sector");
    for (uint32_t i = 0; i < count; i++) {
        char sector[4];
        copy_code(sector, dln_entry_value(lexicon, entry, "sector", i));
        dln_codes_add_sector(&codes, sector);
    }
    codes.office = dln_entry_value(lexicon, entry, "office", 0);
    if (kind == DLN_KIND_ROLE) return codes;
    codes.name = canonical_name(lexicon, entry);
    codes.identifier = dln_entry_value(lexicon, entry, "wikidata", 0);
    return codes;
}

dln_codes dln_world_country(const dln_resolver *resolver, const char *code) {
    const uint32_t *entry = dln_map_get(&resolver->countries, dateline_str_from(code));
    dln_codes codes = { 0 };
    if (entry != NULL) codes = dln_world_codes(resolver, *entry);
    return codes;
}

static dateline_entity_type type_named(dateline_str name) {
    for (int type = DATELINE_ENTITY_PERSON; type <= DATELINE_ENTITY_VEHICLE; type++) {
        if (dln_str_is(name, dateline_entity_type_name((dateline_entity_type)type))) return (dateline_entity_type)type;
    }
    return DATELINE_ENTITY_NONE;
}

static dateline_entity_type type_of_country(dln_form form) {
    return form == DLN_FORM_ADJECTIVE || form == DLN_FORM_DEMONYM ? DATELINE_ENTITY_NORP : DATELINE_ENTITY_GPE;
}

static dateline_entity_type type_of_place(dateline_str class) {
    if (class.len == 0) return DATELINE_ENTITY_GPE;
    if (class.ptr[0] == 'P' || class.ptr[0] == 'A') return DATELINE_ENTITY_GPE;
    return class.ptr[0] == 'S' ? DATELINE_ENTITY_FAC : DATELINE_ENTITY_LOC;
}

dateline_entity_type dln_world_type(const dln_resolver *resolver, uint32_t entry) {
    dateline_entity_type type = type_named(dln_entry_value(resolver->lexicon, entry, "type", 0));
    if (type != DATELINE_ENTITY_NONE) return type;
    switch (dln_world_kind(resolver, entry)) {
    case DLN_KIND_COUNTRY: return type_of_country(dln_world_form(resolver, entry));
    case DLN_KIND_PLACE: return type_of_place(dln_entry_value(resolver->lexicon, entry, "class", 0));
    case DLN_KIND_ORGANISATION: return DATELINE_ENTITY_ORG;
    case DLN_KIND_ACTOR:
    case DLN_KIND_ROLE: return DATELINE_ENTITY_PERSON;
    case DLN_KIND_NONE:
    case DLN_KIND_COUNT: break;
    }
    return DATELINE_ENTITY_NONE;
}

static dln_gender gender_named(dateline_str name) {
    if (dln_str_is(name, "male")) return DLN_GENDER_MALE;
    return dln_str_is(name, "female") ? DLN_GENDER_FEMALE : DLN_GENDER_NONE;
}

dln_gender dln_world_gender(const dln_resolver *resolver, uint32_t entry) {
    return gender_named(dln_entry_value(resolver->lexicon, entry, "gender", 0));
}

/* ---------------------------------------------------------------- rows of a person by date */

static int32_t row_day(const dln_resolver *resolver, uint32_t entry, const char *key, int32_t otherwise) {
    dateline_str text = dln_entry_value(resolver->lexicon, entry, key, 0);
    dateline_date date = dateline_date_parse(text);
    uint64_t year = 0;
    if (!dln_date_is_set(date) && text.len >= 4 && dln_str_to_u64(dln_str_slice(text, 0, 4), &year) && year < 9999) {
        date = (dateline_date){ (int16_t)year, 1, 1 }; /* '2012' or '2012-05' */
        uint64_t month = 0;
        if (text.len == 7 && dln_str_to_u64(dln_str_slice(text, 5, 7), &month) && month >= 1 && month <= 12) {
            date.month = (uint8_t)month;
        }
    }
    return dln_date_is_set(date) ? dln_date_to_days(date) : otherwise;
}

/* The day of a text without a date: after all terms, and far enough from the ends of the type to count from. */
#define NO_DAY (INT32_MAX / 4)

/* Days from the row's term to `day`: 0 within, negative before its begin, positive after its end. */
static int32_t row_distance(const dln_resolver *resolver, uint32_t entry, int32_t day) {
    int32_t from = row_day(resolver, entry, "from", INT32_MIN), to = row_day(resolver, entry, "to", INT32_MAX);
    if (day < from) return day - from;
    return day > to ? day - to : 0;
}

static uint32_t next_row(const dln_resolver *resolver, uint32_t entry) {
    uint32_t at = entry - resolver->row_first;
    return at < resolver->next_row.count ? ((const uint32_t *)resolver->next_row.items)[at] : DLN_NONE;
}

static uint32_t first_row(const dln_resolver *resolver, uint32_t entry) {
    const uint32_t *first = dln_map_get(&resolver->people, canonical_name(resolver->lexicon, entry));
    return first == NULL ? entry : *first;
}

static void leave_office(dln_codes *codes) {
    for (uint8_t i = 0; i < codes->sector_count; i++) {
        static const char *const offices[] = { "GOV", "LEG", "JUD", "MIL", "COP", "SPY" };
        for (size_t k = 0; k < sizeof offices / sizeof *offices; k++) {
            if (strcmp(codes->sector[i], offices[k]) != 0) continue;
            dln_codes_set_sector(codes, "ELI");
            codes->office = (dateline_str){ 0 };
            return;
        }
    }
}

/* Order of rows on a day: the one in force, else the last that ended, else the first to come. */
static int64_t row_rank(int32_t distance) {
    return distance >= 0 ? distance : (INT64_C(1) << 32) - distance;
}

dln_codes dln_world_as_of(const dln_resolver *resolver, uint32_t entry, dateline_date day) {
    bool dated = dln_date_is_set(day);
    int32_t days = dated ? dln_date_to_days(day) : NO_DAY, distance = 0;
    uint32_t best = entry;
    int64_t best_rank = INT64_MAX;
    for (uint32_t row = first_row(resolver, entry); row != DLN_NONE; row = next_row(resolver, row)) {
        int32_t row_days = row_distance(resolver, row, days);
        if (row_rank(row_days) >= best_rank) continue;
        best = row;
        best_rank = row_rank(row_days);
        distance = row_days;
    }
    dln_codes codes = dln_world_codes(resolver, best);
    if (!dated || distance == 0) return codes;
    if (distance > 0) leave_office(&codes);
    else codes.sector_count = 0;
    if (distance < 0) codes.office = (dateline_str){ 0 };
    return codes;
}

bool dln_world_in_force(const dln_resolver *resolver, uint32_t entry, dateline_date day) {
    if (!dln_date_is_set(day)) return true;
    for (uint32_t row = first_row(resolver, entry); row != DLN_NONE; row = next_row(resolver, row)) {
        if (row_distance(resolver, row, dln_date_to_days(day)) == 0) return true;
    }
    return false;
}

uint32_t dln_world_choose(const dln_resolver *resolver, const uint32_t *entries, uint32_t count, dateline_date day,
                          const char *code) {
    int32_t days = dln_date_is_set(day) ? dln_date_to_days(day) : NO_DAY;
    uint32_t best = DLN_NONE;
    int64_t best_score = INT64_MIN;
    for (uint32_t i = 0; i < count; i++) {
        int64_t score = -row_rank(row_distance(resolver, entries[i], days));
        dateline_str own = dln_entry_value(resolver->lexicon, entries[i], "code", 0);
        if (code[0] != 0 && dln_str_is(own, code)) score += INT64_C(1) << 33;
        if (score <= best_score) continue;
        best = entries[i];
        best_score = score;
    }
    return best;
}

/* ---------------------------------------------------------------- closed-class words */

#define MAX_WORD 32

const dln_word *dln_world_word(const dln_resolver *resolver, dateline_str word) {
    char lower[MAX_WORD];
    if (word.len == 0 || word.len > MAX_WORD) return NULL;
    for (size_t i = 0; i < word.len; i++) {
        lower[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] + 32) : word.ptr[i];
    }
    const uint32_t *at = dln_map_get(&resolver->words, (dateline_str){ lower, word.len });
    return at == NULL ? NULL : (const dln_word *)resolver->facts.items + *at;
}

bool dln_world_is(const dln_resolver *resolver, dateline_str word, dln_use use) {
    const dln_word *fact = dln_world_word(resolver, word);
    return fact != NULL && (fact->uses & use) != 0;
}
