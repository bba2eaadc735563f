/* SPDX-License-Identifier: Apache-2.0
 * neon.c: the network on 64-bit Arm. Built by the cross compiler and run under qemu-user, where there is nothing but
 * the C library, so without the test library. Usage: neon MODEL TEXT…; each line of the texts is read as a sentence by
 * the portable kernels and by NEON's, layer by layer. Exit status 1: they differ. */
#include "nn/nn.h"

#include <stdio.h>

enum { MAX_LINES = 1000, LINE_WORDS = 8 }; /* short lines: the emulator takes its time */

/* A running hash of every tensor of a sentence. */
static void hash_tensor(void *user, const char *name, const void *data, size_t rows, size_t columns, size_t stride,
                        size_t item_size) {
    uint64_t *hash = user;
    *hash = *hash * 31 + dln_hash(dateline_str_from(name));
    for (size_t r = 0; r < rows; r++) {
        const char *row = (const char *)data + r * stride * item_size;
        *hash = *hash * 31 + dln_hash((dateline_str){ row, columns * item_size });
    }
}

static uint32_t words_of(dateline_str line, dateline_str *words) {
    uint32_t count = 0;
    while (line.ptr != NULL && count < LINE_WORDS) {
        dateline_str word = dln_str_part(&line, ' ');
        if (word.len > 0) words[count++] = word;
    }
    return count;
}

static uint64_t read_line(const dln_network *network, const dateline_str *words, uint32_t count) {
    dln_arena scratch;
    dln_arena_init(&scratch);
    dln_reading readings[LINE_WORDS];
    uint64_t hash = 0;
    dateline_error err;
    if (dln_network_trace(network, &scratch, words, count, readings, hash_tensor, &hash, &err) != DATELINE_OK) hash = 0;
    dln_arena_release(&scratch);
    return hash * 31 + dln_hash((dateline_str){ (const char *)readings, count * sizeof *readings });
}

int main(int argc, char **argv) {
    dateline_error err = { 0 };
    dln_network *ref = argc < 3 ? NULL : dln_network_open(argv[1], "ref", &err);
    dln_network *neon = ref == NULL ? NULL : dln_network_open(argv[1], "neon", &err);
    if (neon == NULL) {
        fprintf(stderr, "neon: %s\n", argc < 3 ? "usage: neon MODEL TEXT…" : err.what);
        return 1;
    }
    int lines = 0, differing = 0;
    for (int i = 2; i < argc && lines < MAX_LINES; i++) {
        dln_file file;
        if (dln_file_map(&file, argv[i], &err) != DATELINE_OK) return 1;
        dateline_str rest = { file.data, file.size };
        while (rest.ptr != NULL && lines < MAX_LINES) {
            dateline_str words[LINE_WORDS];
            uint32_t count = words_of(dln_str_part(&rest, '\n'), words);
            if (count == 0) continue;
            lines++;
            differing += read_line(ref, words, count) != read_line(neon, words, count);
        }
        dln_file_unmap(&file);
    }
    dln_network_close(ref);
    dln_network_close(neon);
    printf("%d sentences, %d differ\n", lines, differing);
    return lines == 0 || differing > 0;
}
