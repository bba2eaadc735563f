/* SPDX-License-Identifier: Apache-2.0
 * base: what every room needs and no language at all: errors, memory, text, numbers, files.
 *
 * Memory is either heap (dln_alloc, arrays, buffers: the owner releases it) or an arena (freed as a whole).
 * Arrays, buffers, arenas and readers are sticky: after the first failure later calls do nothing, and the
 * builder asks for `status` once at its end.
 */
#ifndef DLN_BASE_H
#define DLN_BASE_H

#include "dateline.h"

#include <string.h>

/* ---------------------------------------------------------------- errors (error.c) */

/* Fills err (may be NULL) with code, place and an English sentence; returns code, so that callers can `return` it. */
dateline_status dln_error_set(dateline_error *err, dateline_status code, uint64_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* dln_error_set for NO_MEMORY. */
dateline_status dln_error_memory(dateline_error *err);

/* ---------------------------------------------------------------- heap (alloc.c) */

/* The one door to the heap. Zeroed memory; NULL when there is none, or when count * size overflows. */
void *dln_alloc(size_t count, size_t size);
void *dln_realloc(void *ptr, size_t count, size_t size); /* new bytes are not zeroed */
void dln_free(void *ptr);                                /* NULL is fine */

/* Tests: the n-th call from now (1: the next) of dln_alloc or dln_realloc fails, and all after it if `sticky`; 0: none.
 * Not for use while other threads run. */
void dln_alloc_fail(uint64_t n, bool sticky);
uint64_t dln_alloc_count(void); /* calls since the last dln_alloc_fail */

/* ---------------------------------------------------------------- arena (arena.c) */

/* Bump allocation in chunks; objects die together. Built with -DDATELINE_ARENA_MALLOC each object is a heap block
 * of its own, so that AddressSanitizer sees its bounds. */
typedef struct dln_chunk dln_chunk;
typedef struct {
    dln_chunk *chunk;
    size_t used, capacity;
    dateline_status status;
} dln_arena;

void dln_arena_init(dln_arena *arena);
void *dln_arena_alloc(dln_arena *arena, size_t count, size_t size); /* zeroed, aligned to 16; NULL: no memory */
void *dln_arena_copy(dln_arena *arena, const void *data, size_t size);
dateline_str dln_arena_str(dln_arena *arena, dateline_str text); /* a copy with a NUL behind it */
void dln_arena_clear(dln_arena *arena);                          /* empty again; keeps one chunk */
void dln_arena_release(dln_arena *arena);

/* ---------------------------------------------------------------- arrays (array.c) */

/* A growing array of items of one size. `items` moves when it grows. */
typedef struct {
    void *items;
    size_t count, capacity, item_size;
    dateline_status status;
} dln_array;

void dln_array_init(dln_array *array, size_t item_size);
void *dln_array_add(dln_array *array); /* a new zeroed item at the end; NULL: no memory */
bool dln_array_push(dln_array *array, const void *item);
bool dln_array_resize(dln_array *array, size_t count); /* new items are zeroed */
void dln_array_clear(dln_array *array);
void dln_array_release(dln_array *array);

/* ---------------------------------------------------------------- buffers (buffer.c) */

/* Growing bytes. One with a drain hands them out in pieces instead: before it would hold more than DLN_DRAIN_BYTES it
 * passes on all but its last byte, which its writers may look at or take back. What is left at the end is the owner's.
 */
#define DLN_DRAIN_BYTES ((size_t)1 << 16)
typedef bool dln_drain_fn(void *user, const char *bytes, size_t len); /* false: the buffer fails with IO */
typedef struct {
    char *ptr;
    size_t len, capacity;
    dateline_status status;
    dln_drain_fn *drain; /* NULL: none */
    void *drain_user;
} dln_buf;

void dln_buf_init(dln_buf *buf);
void dln_buf_add(dln_buf *buf, dateline_str text);
void dln_buf_add_bytes(dln_buf *buf, const void *data, size_t size);
void dln_buf_add_char(dln_buf *buf, char c);
void dln_buf_add_code_point(dln_buf *buf, uint32_t code_point);
void dln_buf_add_format(dln_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void dln_buf_add_u32(dln_buf *buf, uint32_t value); /* little-endian */
void dln_buf_add_u64(dln_buf *buf, uint64_t value);
dateline_str dln_buf_str(const dln_buf *buf);
char *dln_buf_detach(dln_buf *buf); /* NUL-terminated, freed with dln_free; NULL: no memory */
void dln_buf_clear(dln_buf *buf);
void dln_buf_release(dln_buf *buf);

/* ---------------------------------------------------------------- text (str.c) */

#define DLN_STR(literal) ((dateline_str){ (literal), sizeof(literal) - 1 })
#define DLN_STR_ARG(text) (int)(text).len, (text).ptr /* for %.*s */

bool dln_str_equal(dateline_str a, dateline_str b);
bool dln_str_is(dateline_str a, const char *literal);
bool dln_str_equal_nocase(dateline_str a, dateline_str b); /* ASCII case alone */
int dln_str_compare(dateline_str a, dateline_str b);       /* by bytes */
bool dln_str_starts(dateline_str text, dateline_str prefix);
bool dln_str_ends(dateline_str text, dateline_str suffix);
dateline_str dln_str_trim(dateline_str text);                            /* ASCII white space off both ends */
dateline_str dln_str_slice(dateline_str text, size_t begin, size_t end); /* clamped */
size_t dln_str_find(dateline_str text, dateline_str what, size_t from);  /* SIZE_MAX: not there */
dateline_str dln_str_part(dateline_str *rest,
                          char separator); /* cuts the first field off *rest, trimmed; absent at the end */
bool dln_str_to_u64(dateline_str text, uint64_t *value); /* decimal digits alone */
uint64_t dln_checksum(const void *data, size_t size);    /* of files: FNV-1a by words of eight bytes, folded */
uint64_t dln_hash(dateline_str text);                    /* FNV-1a, 64 bits: part of file formats, never changes */
dateline_str dln_span_str(dateline_str text, dateline_span span);

/* ---------------------------------------------------------------- Unicode (utf8.c; unicode.c with the tables of
 * utf8proc) */

#define DLN_REPLACEMENT 0xFFFDu

/* The code point at text[*at] and moves *at behind it. A broken byte gives DLN_REPLACEMENT and moves on by the length
 * of the maximal broken part (Unicode 15, section 3.9). *at must be < text.len. */
uint32_t dln_utf8_next(dateline_str text, size_t *at);
uint32_t dln_utf8_before(dateline_str text, size_t at);   /* code point that ends at `at`; 0 at the start */
uint32_t dln_utf8_at(dateline_str text, size_t at);       /* code point that starts at `at`; 0 at the end */
size_t dln_utf8_encode(uint32_t code_point, char out[4]); /* bytes written */
size_t dln_utf8_count(dateline_str text);
bool dln_utf8_is_valid(dateline_str text);
uint32_t dln_char_from_windows_1252(uint8_t byte); /* 0: not defined there */

bool dln_char_is_space(uint32_t c); /* White_Space, and zero-width space */
bool dln_char_is_letter(uint32_t c);
bool dln_char_is_upper(uint32_t c);
bool dln_char_is_lower(uint32_t c);
bool dln_char_is_digit(uint32_t c);  /* Nd */
bool dln_char_is_mark(uint32_t c);   /* Mn, Mc, Me */
bool dln_char_is_punct(uint32_t c);  /* P* */
bool dln_char_is_symbol(uint32_t c); /* S* */
uint32_t dln_char_lower(uint32_t c);
uint32_t dln_char_upper(uint32_t c);

/* One code point as dln_text_fold writes it; returns its bytes, 0 for characters that fold to nothing. */
#define DLN_FOLD_BYTES 128
size_t dln_char_fold(uint32_t c, char out[DLN_FOLD_BYTES]);
/* Lower case, diacritics off, typographic quotes, dashes and spaces to ASCII; for comparing names. Appends to out. */
void dln_text_fold(dln_buf *out, dateline_str text);
/* Lower case alone. Appends to out. */
void dln_text_lower(dln_buf *out, dateline_str text);

/* ---------------------------------------------------------------- map (map.c) */

/* Text to number. Keys are borrowed and must outlive the map. Order of iteration: of insertion. */
typedef struct {
    dateline_str key;
    uint32_t value;
} dln_map_entry;
typedef struct {
    dln_array entries; /* dln_map_entry */
    uint32_t *slots;   /* entry number + 1; 0: free */
    size_t slot_count;
    dateline_status status;
} dln_map;

void dln_map_init(dln_map *map);
uint32_t *dln_map_get(const dln_map *map, dateline_str key);         /* NULL: not there */
uint32_t *dln_map_put(dln_map *map, dateline_str key, bool *is_new); /* value 0 if new; NULL: no memory */
void dln_map_clear(dln_map *map);
void dln_map_release(dln_map *map);

/* ---------------------------------------------------------------- bytes from a file (reader.c) */

/* Sticky bounded little-endian reader: past the end it gives zeros and sets BAD_MODEL. */
typedef struct {
    const uint8_t *at, *end;
    dateline_status status;
} dln_reader;

dln_reader dln_reader_of(const void *data, size_t size);
uint8_t dln_reader_u8(dln_reader *reader);
uint16_t dln_reader_u16(dln_reader *reader);
uint32_t dln_reader_u32(dln_reader *reader);
uint64_t dln_reader_u64(dln_reader *reader);
const void *dln_reader_bytes(dln_reader *reader, uint64_t size); /* NULL past the end */

/* ---------------------------------------------------------------- files (file.c) */

/* A whole file, mapped read-only. */
typedef struct {
    const void *data;
    size_t size;
} dln_file;

dateline_status dln_file_map(dln_file *file, const char *path, dateline_error *err);
void dln_file_unmap(dln_file *file);
dateline_status dln_file_write(const char *path, dateline_str data, dateline_error *err); /* whole, by rename */

/* Paths of the regular files in `path` that end in `suffix`, sorted by bytes, folders below included; `path` itself if
 * it is a file. Adds `char *` items (freed by dln_paths_release). */
dateline_status dln_paths_list(dln_array *paths, const char *path, const char *suffix, dateline_error *err);
void dln_paths_release(dln_array *paths);

/* A byte stream to read: "-" is standard input. */
typedef struct dln_stream dln_stream;
dln_stream *dln_stream_open(const char *path, dateline_error *err);
/* What is there, at least one byte; waits only if there is none. *got 0: the end. An interrupt that comes while it
 * waits is a failure like any other. */
dateline_status dln_stream_read(dln_stream *stream, void *data, size_t size, size_t *got, dateline_error *err);
uint64_t dln_stream_size(const dln_stream *stream); /* 0: not known */
void dln_stream_close(dln_stream *stream);

/* ---------------------------------------------------------------- calendar (calendar.c) */

bool dln_date_is_set(dateline_date date);     /* has year, month and day */
int32_t dln_date_to_days(dateline_date date); /* days since 1970-01-01; missing month, day count as 1 */
dateline_date dln_date_from_days(int32_t days);
unsigned dln_date_weekday(dateline_date date); /* 0 Monday to 6 Sunday */
unsigned dln_date_month_days(int year, unsigned month);
dateline_date dln_date_add_months(dateline_date date, int months); /* day clamped to the month's last */
int dln_date_compare(dateline_date a, dateline_date b);
#define DLN_DATE_CHARS 11 /* "YYYY-MM-DD" and NUL */
void dln_date_format(dateline_date date, char out[DLN_DATE_CHARS]);

#endif
