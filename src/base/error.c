/* SPDX-License-Identifier: Apache-2.0
 * error.c: status texts and error records. */
#include "base.h"

#include <stdarg.h>
#include <stdio.h>

const char *dateline_status_text(dateline_status status) {
    switch (status) {
#define X(name, code, text)                                                                                            \
    case DATELINE_##name: return text;
        DATELINE_STATUS_MAP(X)
#undef X
    }
    return "unknown status";
}

dateline_status dln_error_set(dateline_error *err, dateline_status code, uint64_t at, const char *format, ...) {
    if (err != NULL) {
        err->code = code;
        err->at = at;
        va_list args;
        va_start(args, format);
        vsnprintf(err->what, sizeof err->what, format, args);
        va_end(args);
    }
    return code;
}

dateline_status dln_error_memory(dateline_error *err) {
    return dln_error_set(err, DATELINE_NO_MEMORY, 0, "out of memory");
}
