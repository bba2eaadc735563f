/* SPDX-License-Identifier: Apache-2.0
 * pieces.c: lines or whole files, in memory that is bounded by the longest piece allowed. */
#include "ingest/ingest_internal.h"

#define WINDOW ((size_t)1 << 16) /* even: room for whole UTF-16 units */
#define LONGEST_MARK 3           /* of UTF-8 */

/* Takes what is there, so that a live pipe's line is handed out when it comes; waits only for `least` bytes, and for
 * the other half of a UTF-16 unit, so that no unit straddles two windows. */
static void read_more(dln_pieces *pieces, size_t least) {
    while (!pieces->at_end && (pieces->end < least || (pieces->charset != DLN_CHARSET_NONE && pieces->end % 2 != 0))) {
        size_t got = 0;
        pieces->status = dln_unpacker_read(pieces->unpacker, pieces->window + pieces->end, WINDOW - pieces->end, &got,
                                           &pieces->failure);
        pieces->end += got;
        pieces->at_end = got == 0 || pieces->status != DATELINE_OK;
    }
}

/* Everything in the window was handed out. */
static void fill_window(dln_pieces *pieces) {
    pieces->offset += pieces->end;
    pieces->at = pieces->end = 0;
    read_more(pieces, 1);
}

dateline_status dln_pieces_init(dln_pieces *pieces, dln_unpacker *unpacker, dateline_error *err) {
    *pieces = (dln_pieces){ .unpacker = unpacker, .window = dln_alloc(WINDOW, 1) };
    dln_buf_init(&pieces->bytes);
    if (pieces->window == NULL) return dln_error_memory(err);
    read_more(pieces, LONGEST_MARK);
    pieces->charset = dln_charset_of_mark((dateline_str){ pieces->window, pieces->end }, &pieces->at);
    read_more(pieces, 0); /* now that the charset is known */
    return DATELINE_OK;
}

void dln_pieces_release(dln_pieces *pieces) {
    dln_unpacker_close(pieces->unpacker);
    dln_free(pieces->window);
    dln_buf_release(&pieces->bytes);
}

/* Where the line feed stands in the window, from `at` on; `end` if it does not. */
static size_t find_line_feed(const dln_pieces *pieces) {
    if (pieces->charset == DLN_CHARSET_NONE) {
        const char *hit = memchr(pieces->window + pieces->at, '\n', pieces->end - pieces->at);
        return hit == NULL ? pieces->end : (size_t)(hit - pieces->window);
    }
    const char *feed = pieces->charset == DLN_CHARSET_UTF16_LE ? "\n\0" : "\0\n";
    for (size_t at = pieces->at; at + 1 < pieces->end; at += 2)
        if (memcmp(pieces->window + at, feed, 2) == 0) return at;
    return pieces->end;
}

/* The part of a piece that stands in the window; true if the piece ends there. A piece that is too long is forgotten at
 * once and passed over to its end: the lines behind it are still good. */
static bool take_window(dln_pieces *pieces, bool whole, size_t limit, dln_piece *piece) {
    size_t stop = whole ? pieces->end : find_line_feed(pieces);
    bool ended = stop < pieces->end;
    dateline_str part = { pieces->window + pieces->at, stop - pieces->at };
    if (!piece->too_long && part.len > limit - pieces->bytes.len) {
        piece->too_long = true;
        dln_buf_release(&pieces->bytes);
    }
    if (!piece->too_long) dln_buf_add(&pieces->bytes, part);
    size_t feed = pieces->charset == DLN_CHARSET_NONE ? 1 : 2;
    pieces->at = ended ? stop + feed : stop;
    return ended;
}

dateline_status dln_pieces_next(dln_pieces *pieces, bool whole, size_t limit, dln_piece *piece, bool *found,
                                dateline_error *err) {
    *piece = (dln_piece){ .offset = pieces->offset + pieces->at };
    *found = false;
    dln_buf_clear(&pieces->bytes);
    for (bool ended = false; !ended;) {
        if (pieces->at == pieces->end) fill_window(pieces);
        if (pieces->at == pieces->end) break;
        *found = true;
        ended = take_window(pieces, whole, limit, piece);
        if (pieces->bytes.status != DATELINE_OK) return dln_error_memory(err);
        if (ended) {
            piece->bytes = dln_buf_str(&pieces->bytes);
            return DATELINE_OK;
        }
    }
    piece->bytes = dln_buf_str(&pieces->bytes);
    if (pieces->status == DATELINE_OK) return DATELINE_OK;
    *found = false; /* the failure cut this piece short */
    if (err != NULL) *err = pieces->failure;
    return pieces->status;
}
