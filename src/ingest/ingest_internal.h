/* SPDX-License-Identifier: Apache-2.0
 * ingest_internal.h: what the files of this room share. */
#ifndef DLN_INGEST_INTERNAL_H
#define DLN_INGEST_INTERNAL_H

#include "ingest/ingest.h"

#include <jansson.h>

/* ---------------------------------------------------------------- unpack.c */

/* Bytes of a file, unpacked by their magic number: gzip (several members), Zstandard (several frames), or as they are.
 */
typedef struct dln_unpacker dln_unpacker;
dln_unpacker *dln_unpacker_open(const char *path, dateline_error *err);
dln_unpacker *dln_unpacker_from_memory(const char *name, dateline_str bytes, dateline_error *err);

/* What is there, at least one byte; *got 0: the end. IO: damaged or cut off; *got bytes before the damage are good. */
dateline_status dln_unpacker_read(dln_unpacker *unpacker, void *data, size_t size, size_t *got, dateline_error *err);
uint64_t dln_unpacker_done(const dln_unpacker *unpacker); /* bytes of the file read up to now */
uint64_t dln_unpacker_size(const dln_unpacker *unpacker); /* bytes of the file; 0: not known */
void dln_unpacker_close(dln_unpacker *unpacker);

/* ---------------------------------------------------------------- charset.c */

typedef enum { DLN_CHARSET_NONE = 0, DLN_CHARSET_UTF16_LE, DLN_CHARSET_UTF16_BE } dln_charset;

/* The byte order mark at the head of a file: its charset (NONE: UTF-8 or an 8-bit set) and length. */
dln_charset dln_charset_of_mark(dateline_str head, size_t *mark_len);

/* `bytes` as UTF-8: themselves, or written to `out`. Bytes that are more likely Windows-1252 than broken UTF-8 are
 * taken as that; what is broken UTF-8 stays as it is for the document room to replace. */
dateline_str dln_charset_decode(dln_charset charset, dateline_str bytes, dln_buf *out);

/* ---------------------------------------------------------------- pieces.c */

/* A file cut into lines, or whole. */
typedef struct {
    dln_unpacker *unpacker; /* owned */
    dln_charset charset;
    char *window; /* bytes [at, end) are read and not yet handed out; in UTF-16 whole units, but for the file's end */
    size_t at, end;
    uint64_t offset; /* of the window in the unpacked file */
    bool at_end;
    dateline_status status; /* of the read that ended the stream; told when all before it is handed out */
    dateline_error failure;
    dln_buf bytes;
} dln_pieces;

/* A line without its line end, or a whole file. `bytes` stand until the next call. */
typedef struct {
    dateline_str bytes; /* empty if too_long */
    uint64_t offset;    /* in the unpacked file */
    bool too_long;
} dln_piece;

/* Takes the unpacker over, also on failure; reads the head of the file. */
dateline_status dln_pieces_init(dln_pieces *pieces, dln_unpacker *unpacker, dateline_error *err);

/* The next line (or, if `whole`, all that is left) of at most `limit` bytes; *found false: the end. */
dateline_status dln_pieces_next(dln_pieces *pieces, bool whole, size_t limit, dln_piece *piece, bool *found,
                                dateline_error *err);
void dln_pieces_release(dln_pieces *pieces);

/* ---------------------------------------------------------------- json.c */

/* To be called before the first line is read. Left alone, jansson would seed its hashes from the clock and the system's
 * random numbers, which the library must not read. An address serves: it cannot be foreseen by who writes a line of
 * colliding names, and what is read does not depend on it. Only the first call of a process counts; threads may race.
 */
void dln_json_seed(const void *address);

/* A line as a JSON object, for the caller to json_decref. Broken UTF-8, raw control characters, lone surrogates, NaN
 * and long numbers are let through. NULL: *reason says why; NO_MEMORY is no fault of the line. `cleaned` is scratch. */
json_t *dln_json_read(dln_buf *cleaned, dateline_str line, dateline_error *reason);

/* ---------------------------------------------------------------- record.c */

typedef enum {
    DLN_FIELD_ID,
    DLN_FIELD_DATE,
    DLN_FIELD_TITLE,
    DLN_FIELD_TEXT,
    DLN_FIELD_URL,
    DLN_FIELD_PUBLICATION,
    DLN_FIELD_LANGUAGE,
    DLN_FIELD_CONTEXT, /* of a phrase */
    DLN_FIELD_COUNT
} dln_field;

/* A record and what its strings stand in. */
typedef struct {
    dateline_record shown; /* first: the caller sees only this */
    dateline_str context;  /* absent until read; only a phrase has one */
    bool is_phrase;
    dln_arena arena;
} dln_record;

/* A new record, to be filled and then finished; NULL: no memory. The arena's status tells of later failures. */
dln_record *dln_record_new(const dln_piece *piece, dateline_date date, uint32_t max_bytes);
void dln_record_set_text(dln_record *record, dateline_str id, dateline_str text);

/* Takes the fields of a JSON object, under the names that `fields` gives them; rejects the record if it is none. */
void dln_record_read_json(dln_record *record, dln_buf *cleaned, const dateline_str fields[DLN_FIELD_COUNT],
                          dateline_str line);

/* Puts the context, if there is one, behind the phrase as a paragraph of its own. */
void dln_record_join_context(dln_record *record);

/* Gives the record its id if it has none (URL, else name, else name:line) and rejects it if there is no text. */
void dln_record_finish(dln_record *record, dateline_str name, uint64_t line, bool too_long);

#endif
