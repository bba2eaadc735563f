/* SPDX-License-Identifier: Apache-2.0
 * fuzz.h: what the fuzz targets share. */
#ifndef DLN_FUZZ_H
#define DLN_FUZZ_H

#include "document/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise is a crash, so that the fuzzer sees it. */
static inline void must_hold(bool promise) {
    if (!promise) __builtin_trap();
}

#endif
