/* SPDX-License-Identifier: Apache-2.0
 * completion.c: `dateline completion`, from the tables. */
#include "cli.h"

int run_completion(const options *given) {
    (void)given;
    return STATUS_USAGE;
}
