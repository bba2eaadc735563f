/* SPDX-License-Identifier: Apache-2.0
 * names.c: the printed names of the public enumerations. */
#include "document/document.h"

const char *dateline_upos_name(dateline_upos upos) {
    switch (upos) {
#define X(name)                                                                                                        \
    case DATELINE_UPOS_##name: return #name;
        DATELINE_UPOS_MAP(X)
#undef X
    case DATELINE_UPOS_NONE: break;
    }
    return "_";
}

const char *dateline_entity_type_name(dateline_entity_type type) {
    static const char *const names[] = { "_",   "PERSON", "ORG",  "GPE",     "LOC",    "NORP",
                                         "FAC", "EVENT",  "WORK", "PRODUCT", "WEAPON", "VEHICLE" };
    return (unsigned)type < sizeof names / sizeof *names ? names[type] : names[0];
}

const char *dateline_time_type_name(dateline_time_type type) {
    static const char *const names[] = { "_", "DATE", "TIME", "DURATION", "SET" };
    return (unsigned)type < sizeof names / sizeof *names ? names[type] : names[0];
}

const char *dateline_quote_kind_name(dateline_quote_kind kind) {
    static const char *const names[] = { "_", "direct", "indirect", "mixed" };
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : names[0];
}
