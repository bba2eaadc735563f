/* SPDX-License-Identifier: Apache-2.0
 * ingest: files and standard input to records; compression and character sets. Everything is streamed: memory depends
 * on the largest record, not on the file. The interface is dateline.h's dateline_source; inside, one file a form. */
#ifndef DLN_INGEST_H
#define DLN_INGEST_H

#include "document/document.h"

#endif
