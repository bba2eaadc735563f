/* SPDX-License-Identifier: Apache-2.0
 * place.c: place names with what the gazetteer knows of them; the dateline's place. */
#include "resolve/resolve_internal.h"

bool dln_place_all(dln_reading *reading) {
    (void)reading;
    return true;
}
