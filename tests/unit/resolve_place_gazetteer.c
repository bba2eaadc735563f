/* SPDX-License-Identifier: Apache-2.0
 * A gazetteer of three places, written here byte by byte, and every way to damage it. */
#include "resolve/places.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PATH "resolve_place_gazetteer.places"
enum { BITS = 1, HEAD_BYTES = 32 };

static void add_place(dln_buf *out, uint32_t id, uint32_t name, int32_t latitude, uint32_t parent, uint8_t feature) {
    const uint32_t numbers[] = { id, name, (uint32_t)latitude, 2500000, 70000, parent, 0 };
    for (size_t i = 0; i < 7; i++) dln_buf_add_u32(out, numbers[i]);
    const char tail[8] = { 'N', 'O', 'R', (char)feature, 1, 0, 0, 0 };
    dln_buf_add_bytes(out, tail, sizeof tail);
}

static int in_second_half(const char *key) {
    return (int)(dln_hash(dateline_str_from(key)) >> 63);
}

/* Norway, a county Fjellmark in it, and the town Avonbury, also called Avonby, in the county. */
static void add_body(dln_buf *out) {
    static const char *const keys[] = { "norway", "fjellmark", "avonbury", "avonby" };
    static const uint32_t places[] = { 0, 1, 2, 2 | 0x80000000u };
    const uint32_t counts[] = { 3, 3, 26, BITS, 4 };
    for (size_t i = 0; i < 5; i++) dln_buf_add_u32(out, counts[i]);
    dln_buf_add(out, DLN_STR("\4PCLI\4ADM1\3PPL\6Norway\11Fjellmark\10Avonbury"));
    add_place(out, 11, 0, 6200000, DATELINE_NO_INDEX, 0);
    add_place(out, 12, 7, 6100000, 0, 1);
    add_place(out, 13, 17, -6050000, 1, 2);
    uint32_t low = 0;
    for (size_t i = 0; i < 4; i++) low += in_second_half(keys[i]) ? 0 : 1;
    dln_buf_add_u32(out, 0);
    dln_buf_add_u32(out, low);
    dln_buf_add_u32(out, 4);
    for (int half = 0; half < 2; half++) {
        for (size_t i = 0; i < 4; i++) {
            if (in_second_half(keys[i]) != half) continue;
            dln_buf_add_u32(out, (uint32_t)dln_hash(dateline_str_from(keys[i])));
            dln_buf_add_u32(out, places[i]);
        }
    }
}

static void write_file(dln_buf *file, const dln_buf *body, uint32_t version) {
    dln_buf_clear(file);
    dln_buf_add(file, DLN_STR("DLNPLACE"));
    dln_buf_add_u32(file, version);
    dln_buf_add_u32(file, 0);
    dln_buf_add_u64(file, HEAD_BYTES + body->len);
    dln_buf_add_u64(file, dln_checksum(body->ptr, body->len));
    dln_buf_add(file, dln_buf_str(body));
}

static dln_gazetteer *load(dateline_str bytes, dateline_error *err) {
    assert_int_equal(dln_file_write(PATH, bytes, err), DATELINE_OK);
    return dln_gazetteer_load(PATH, err);
}

static void names_lead_to_places(void **state) {
    (void)state;
    dateline_error err = { 0 };
    dln_buf body, file;
    dln_buf_init(&body);
    dln_buf_init(&file);
    add_body(&body);
    write_file(&file, &body, 1);
    dln_gazetteer *gazetteer = load(dln_buf_str(&file), &err);
    assert_non_null(gazetteer);
    char bytes[DLN_PLACE_KEY_BYTES];
    dln_sites sites;
    bool other_name = false;
    assert_int_equal(dln_gazetteer_find(gazetteer, dln_place_key(DLN_STR("Avonb\xC3\xBAry"), bytes), &sites), 1);
    assert_int_equal(dln_sites_at(&sites, 0, &other_name), 2);
    assert_false(other_name);
    assert_int_equal(dln_gazetteer_find(gazetteer, dln_place_key(DLN_STR("AVONBY"), bytes), &sites), 1);
    assert_int_equal(dln_sites_at(&sites, 0, &other_name), 2);
    assert_true(other_name);
    assert_int_equal(dln_gazetteer_find(gazetteer, DLN_STR("avon"), &sites), 0);
    dln_site site = dln_gazetteer_at(gazetteer, 2);
    assert_true(site.id == 13 && site.latitude == -6050000 && site.longitude == 2500000 && site.population == 70000);
    assert_true(dln_str_is(site.name, "Avonbury") && dln_str_is(site.feature, "PPL"));
    assert_true(dln_site_lies_in(gazetteer, 2, 1) && dln_site_lies_in(gazetteer, 2, 0));
    assert_false(dln_site_lies_in(gazetteer, 1, 2));
    assert_int_equal(dln_site_region(gazetteer, 2), 1);
    assert_int_equal(dln_gazetteer_country(gazetteer, DLN_STR("NOR")), 0);
    assert_int_equal(dln_gazetteer_country(gazetteer, DLN_STR("KEN")), DATELINE_NO_INDEX);
    dln_gazetteer_free(gazetteer);
    dln_buf_release(&body);
    dln_buf_release(&file);
}

static void assert_damaged(dateline_str bytes) {
    dateline_error err = { 0 };
    dln_gazetteer *gazetteer = load(bytes, &err);
    assert_null(gazetteer);
    assert_int_equal(err.code, DATELINE_BAD_LEXICON);
}

static void damage_is_found(void **state) {
    (void)state;
    dln_buf body, file;
    dln_buf_init(&body);
    dln_buf_init(&file);
    add_body(&body);
    write_file(&file, &body, 2);
    assert_damaged(dln_buf_str(&file));
    write_file(&file, &body, 1);
    for (size_t size = 0; size < file.len; size += 7) assert_damaged(dln_str_slice(dln_buf_str(&file), 0, size));
    for (size_t at = 0; at < file.len; at++) {
        file.ptr[at] = (char)(file.ptr[at] ^ 0x40);
        assert_damaged(dln_buf_str(&file));
        file.ptr[at] = (char)(file.ptr[at] ^ 0x40);
    }
    dln_buf_release(&body);
    dln_buf_release(&file);
}

/* A checksum that fits does not make numbers right: whatever loads must be safe to ask. */
static void wrong_numbers_lead_nowhere(void **state) {
    (void)state;
    dateline_error err = { 0 };
    dln_buf body, file;
    dln_buf_init(&body);
    dln_buf_init(&file);
    add_body(&body);
    size_t refused = 0;
    for (size_t at = 0; at < body.len; at++) {
        char was = body.ptr[at];
        body.ptr[at] = (char)(was ^ 0x7F);
        write_file(&file, &body, 1);
        dln_gazetteer *gazetteer = load(dln_buf_str(&file), &err);
        refused += gazetteer == NULL ? 1 : 0;
        dln_sites sites;
        bool other_name = false;
        uint32_t count = dln_gazetteer_find(gazetteer, DLN_STR("avonbury"), &sites);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t place = dln_sites_at(&sites, i, &other_name);
            assert_true(dln_gazetteer_at(gazetteer, place).name.len < 256);
            dln_site_region(gazetteer, place);
        }
        dln_gazetteer_free(gazetteer);
        body.ptr[at] = was;
    }
    assert_true(refused > 40);
    dln_buf_release(&body);
    dln_buf_release(&file);
}

static void keys_pass_over_accents_and_marks(void **state) {
    (void)state;
    static const char *const pairs[][2] = { { "Saint-\xC3\x89tienne", "saint etienne" },
                                            { "St. John's", "st johns" },
                                            { "  Troms\xC3\xB8 ", "tromso" },
                                            { "Washington, D.C.", "washington dc" },
                                            { "...", "" } };
    char bytes[DLN_PLACE_KEY_BYTES];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_true(dln_str_is(dln_place_key(dateline_str_from(pairs[i][0]), bytes), pairs[i][1]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lead_to_places),
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(wrong_numbers_lead_nowhere),
        cmocka_unit_test(keys_pass_over_accents_and_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
