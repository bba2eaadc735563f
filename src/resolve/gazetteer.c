/* SPDX-License-Identifier: Apache-2.0
 * gazetteer.c: the file of the world's places, mapped and checked. Made by tools/build_gazetteer.py. Little-endian:
 *
 *     magic      8 bytes, "DLNPLACE"
 *     version    u32
 *     reserved   u32, 0
 *     size       u64, of the whole file
 *     checksum   u64, of everything behind it
 *     counts     u32 features, u32 places, u32 bytes of texts, u32 bits of a bucket's number, u32 rows
 *     features   u8 length, text: GeoNames feature codes
 *     texts      u8 length, text
 *     places     36 bytes each, the best known first: u32 GeoNames id, u32 name (offset in texts), i32 latitude and
 *                i32 longitude in 1/100,000 degree, u32 population, u32 place that it lies in, u32 its country (both
 *                0xFFFFFFFF: none), 3 bytes country code, u8 feature, u8 flags (1: has coordinates), 3 bytes 0
 *     starts     u32 for each of 2^bits buckets and their end: its first row
 *     rows       u32 low half of the hash of a name's key, u32 place, its top bit set if the name is not the main one
 *
 * A key is the name folded, letters and digits alone, words parted by one blank. The hash is dln_hash; its top bits
 * are the bucket. In a bucket rows are sorted, so that of namesakes the best known comes first. */
#include "resolve/places.h"

enum { VERSION = 1, PLACE_BYTES = 36, ROW_BYTES = 8, MAX_FEATURES = 64, MAX_BUCKET_BITS = 24, HAS_COORDINATES = 1 };
#define MAGIC "DLNPLACE"
#define OTHER_NAME 0x80000000u

struct dln_gazetteer {
    dln_file file;
    dateline_str features[MAX_FEATURES];
    uint32_t feature_count, count, text_bytes, bits, row_count;
    const uint8_t *texts, *places, *starts, *rows;
    uint64_t checksum;
};

static uint32_t u32_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static int32_t i32_at(const uint8_t *bytes) {
    uint32_t value = u32_at(bytes);
    return value <= INT32_MAX ? (int32_t)value : -(int32_t)(UINT32_MAX - value) - 1;
}

/* ---------------------------------------------------------------- loading */

static void read_parts(dln_gazetteer *gazetteer, dln_reader *reader) {
    gazetteer->feature_count = dln_reader_u32(reader);
    gazetteer->count = dln_reader_u32(reader);
    gazetteer->text_bytes = dln_reader_u32(reader);
    gazetteer->bits = dln_reader_u32(reader);
    gazetteer->row_count = dln_reader_u32(reader);
    if (gazetteer->feature_count > MAX_FEATURES || gazetteer->bits == 0 || gazetteer->bits > MAX_BUCKET_BITS ||
        gazetteer->count >= OTHER_NAME) {
        reader->status = DATELINE_BAD_LEXICON;
        return;
    }
    for (uint32_t i = 0; i < gazetteer->feature_count; i++) {
        uint8_t len = dln_reader_u8(reader);
        const char *text = dln_reader_bytes(reader, len);
        gazetteer->features[i] = (dateline_str){ text, text == NULL ? 0 : len };
    }
    gazetteer->texts = dln_reader_bytes(reader, gazetteer->text_bytes);
    gazetteer->places = dln_reader_bytes(reader, (uint64_t)gazetteer->count * PLACE_BYTES);
    gazetteer->starts = dln_reader_bytes(reader, 4 * ((UINT64_C(1) << gazetteer->bits) + 1));
    gazetteer->rows = dln_reader_bytes(reader, (uint64_t)gazetteer->row_count * ROW_BYTES);
    if (reader->at != reader->end) reader->status = DATELINE_BAD_LEXICON;
}

static bool check_place(const dln_gazetteer *gazetteer, const uint8_t *place) {
    uint32_t name = u32_at(place + 4), parent = u32_at(place + 20), country = u32_at(place + 24);
    if (name >= gazetteer->text_bytes || gazetteer->texts[name] >= gazetteer->text_bytes - name) return false;
    return (parent == DLN_NONE || parent < gazetteer->count) && (country == DLN_NONE || country < gazetteer->count) &&
           place[31] < gazetteer->feature_count;
}

static bool check_parts(const dln_gazetteer *gazetteer) {
    for (uint32_t i = 0; i < gazetteer->count; i++) {
        if (!check_place(gazetteer, gazetteer->places + (size_t)i * PLACE_BYTES)) return false;
    }
    uint32_t before = 0;
    for (size_t i = 0; i <= (size_t)1 << gazetteer->bits; i++) {
        uint32_t start = u32_at(gazetteer->starts + 4 * i);
        if (start < before || start > gazetteer->row_count || (i == 0 && start != 0)) return false;
        before = start;
    }
    for (uint32_t i = 0; i < gazetteer->row_count; i++) {
        uint32_t place = u32_at(gazetteer->rows + (size_t)i * ROW_BYTES + 4);
        if ((place & ~OTHER_NAME) >= gazetteer->count) return false;
    }
    return before == gazetteer->row_count;
}

static bool check_head(dln_gazetteer *gazetteer, dln_reader *reader) {
    const void *magic = dln_reader_bytes(reader, 8);
    uint32_t version = dln_reader_u32(reader), reserved = dln_reader_u32(reader);
    uint64_t size = dln_reader_u64(reader);
    gazetteer->checksum = dln_reader_u64(reader);
    return reader->status == DATELINE_OK && memcmp(magic, MAGIC, 8) == 0 && version == VERSION && reserved == 0 &&
           size == gazetteer->file.size &&
           dln_checksum(reader->at, (size_t)(reader->end - reader->at)) == gazetteer->checksum;
}

dln_gazetteer *dln_gazetteer_load(const char *path, dateline_error *err) {
    dln_gazetteer *gazetteer = dln_alloc(1, sizeof *gazetteer);
    if (gazetteer == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    if (dln_file_map(&gazetteer->file, path, err) == DATELINE_OK) {
        dln_reader reader = dln_reader_of(gazetteer->file.data, gazetteer->file.size);
        if (check_head(gazetteer, &reader)) read_parts(gazetteer, &reader);
        else reader.status = DATELINE_BAD_LEXICON;
        if (reader.status == DATELINE_OK && check_parts(gazetteer)) return gazetteer;
        dln_error_set(err, DATELINE_BAD_LEXICON, 0, "%.80s: damaged, or not of version %d; install it again", path,
                      VERSION);
    } else if (err != NULL) {
        err->code = DATELINE_BAD_LEXICON;
    }
    dln_gazetteer_free(gazetteer);
    return NULL;
}

void dln_gazetteer_free(dln_gazetteer *gazetteer) {
    if (gazetteer == NULL) return;
    dln_file_unmap(&gazetteer->file);
    dln_free(gazetteer);
}

/* ---------------------------------------------------------------- looking up */

dln_site dln_gazetteer_at(const dln_gazetteer *gazetteer, uint32_t i) {
    dln_site site = { .parent = DLN_NONE, .country = DLN_NONE };
    if (gazetteer == NULL || i >= gazetteer->count) return site;
    const uint8_t *bytes = gazetteer->places + (size_t)i * PLACE_BYTES;
    const uint8_t *name = gazetteer->texts + u32_at(bytes + 4);
    site.id = u32_at(bytes);
    site.name = (dateline_str){ (const char *)name + 1, name[0] };
    site.latitude = i32_at(bytes + 8);
    site.longitude = i32_at(bytes + 12);
    site.population = u32_at(bytes + 16);
    site.parent = u32_at(bytes + 20);
    site.country = u32_at(bytes + 24);
    memcpy(site.code, bytes + 28, 3);
    site.feature = gazetteer->features[bytes[31]];
    site.has_coordinates = (bytes[32] & HAS_COORDINATES) != 0;
    return site;
}

/* Letters that stand for an apostrophe in transcriptions, which dln_char_fold leaves alone. */
static bool is_skipped(uint32_t c) {
    return c == '\'' || c == '.' || c == 0x02BB || c == 0x02BE || c == 0x02BF;
}

static size_t add_key_char(char *key, size_t len, uint32_t c) {
    if (is_skipped(c)) return len;
    if (dln_char_is_letter(c) || dln_char_is_digit(c)) return len + dln_utf8_encode(c, key + len);
    if (len > 0 && key[len - 1] != ' ') key[len++] = ' ';
    return len;
}

dateline_str dln_place_key(dateline_str name, char key[DLN_PLACE_KEY_BYTES]) {
    size_t len = 0;
    for (size_t at = 0; at < name.len;) {
        char folded[DLN_FOLD_BYTES];
        dateline_str part = { folded, dln_char_fold(dln_utf8_next(name, &at), folded) };
        for (size_t i = 0; i < part.len;) {
            if (len + 5 > DLN_PLACE_KEY_BYTES) return (dateline_str){ key, 0 };
            len = add_key_char(key, len, dln_utf8_next(part, &i));
        }
    }
    if (len > 0 && key[len - 1] == ' ') len--;
    return (dateline_str){ key, len };
}

uint32_t dln_gazetteer_find(const dln_gazetteer *gazetteer, dateline_str key, dln_sites *sites) {
    *sites = (dln_sites){ 0 };
    if (gazetteer == NULL || key.len == 0) return 0;
    uint64_t hash = dln_hash(key);
    size_t bucket = (size_t)(hash >> (64 - gazetteer->bits));
    const uint8_t *row = gazetteer->rows + (size_t)u32_at(gazetteer->starts + 4 * bucket) * ROW_BYTES;
    const uint8_t *end = gazetteer->rows + (size_t)u32_at(gazetteer->starts + 4 * bucket + 4) * ROW_BYTES;
    while (row < end && u32_at(row) != (uint32_t)hash) row += ROW_BYTES;
    sites->rows = row;
    while (row < end && u32_at(row) == (uint32_t)hash) row += ROW_BYTES;
    sites->count = (uint32_t)((size_t)(row - sites->rows) / ROW_BYTES);
    return sites->count;
}

uint32_t dln_sites_at(const dln_sites *sites, uint32_t i, bool *other_name) {
    uint32_t place = u32_at(sites->rows + (size_t)i * ROW_BYTES + 4);
    *other_name = (place & OTHER_NAME) != 0;
    return place & ~OTHER_NAME;
}

uint32_t dln_gazetteer_country(const dln_gazetteer *gazetteer, dateline_str code) {
    if (gazetteer == NULL || code.len != 3) return DLN_NONE;
    for (uint32_t i = 0; i < gazetteer->count; i++) {
        const uint8_t *bytes = gazetteer->places + (size_t)i * PLACE_BYTES;
        if (u32_at(bytes + 24) != i) return DLN_NONE; /* countries come first; they are their own */
        if (memcmp(bytes + 28, code.ptr, 3) == 0) return i;
    }
    return DLN_NONE;
}

enum { MAX_LEVELS = 4 };

bool dln_site_lies_in(const dln_gazetteer *gazetteer, uint32_t place, uint32_t outer) {
    for (int level = 0; level < MAX_LEVELS && place != DLN_NONE; level++) {
        dln_site site = dln_gazetteer_at(gazetteer, place);
        if (place == outer || site.country == outer) return true;
        place = site.parent;
    }
    return false;
}

uint32_t dln_site_region(const dln_gazetteer *gazetteer, uint32_t place) {
    for (int level = 0; level < MAX_LEVELS && place != DLN_NONE; level++) {
        dln_site site = dln_gazetteer_at(gazetteer, place);
        if (dln_str_is(site.feature, "ADM1")) return place;
        place = site.parent;
    }
    return DLN_NONE;
}
