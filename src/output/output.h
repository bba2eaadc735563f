/* SPDX-License-Identifier: Apache-2.0
 * output: documents to JSON Lines, CSV, CoNLL-U. Sees docs only through dateline.h's accessors.
 * The interface is dateline.h's dateline_doc_print; inside, one file a form. */
#ifndef DLN_OUTPUT_H
#define DLN_OUTPUT_H

#include "base/base.h"

#endif
