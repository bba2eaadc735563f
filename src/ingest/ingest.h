/* SPDX-License-Identifier: Apache-2.0
 * ingest: files and standard input to records; compression and character sets. Everything is streamed: memory depends
 * on the largest record, not on the file. The interface is dateline.h's dateline_source; inside, one file a step:
 *
 *     unpack.c   bytes of the file, unpacked if they are gzip or Zstandard
 *     pieces.c   lines, or the whole file
 *     charset.c  UTF-16 and Windows-1252 to UTF-8
 *     json.c     one JSON object, field by field
 *     record.c   a piece to a record, or the reason why it is none
 *     source.c   the whole: a file to records
 */
#ifndef DLN_INGEST_H
#define DLN_INGEST_H

#include "document/document.h"

/* A source over bytes in memory, which must outlive it; `name` stands for the file's name. For tests and fuzzing. */
dateline_source *dln_source_from_memory(const char *name, dateline_str bytes, const dateline_source_options *options,
                                        dateline_error *err);

#endif
