/* SPDX-License-Identifier: Apache-2.0
 * times.c: time expressions with their values. */
#include "resolve/resolve_internal.h"

dateline_status dln_times_find(const dln_resolver *resolver, dln_arena *scratch, dateline_doc *doc,
                               dateline_error *err) {
    (void)resolver;
    (void)scratch;
    (void)doc;
    (void)err;
    return DATELINE_OK;
}
