/* SPDX-License-Identifier: Apache-2.0
 * man.c: `dateline man`, the manual page, from the tables. */
#include "cli.h"

int run_man(const options *given) {
    (void)given;
    return STATUS_USAGE;
}
