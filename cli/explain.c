/* SPDX-License-Identifier: Apache-2.0
 * explain.c: `dateline explain`, why each event was coded, and what was not. */
#include "cli.h"

int run_explain(const options *given) {
    (void)given;
    return STATUS_USAGE;
}
