/* SPDX-License-Identifier: Apache-2.0
 * replay.c: gives each file of the folders or files named to a fuzz target, whole and cut off; for ctest. */
#include "fuzz.h"

#include <stdio.h>

static int replay(const char *path) {
    dateline_error err;
    dln_file file;
    if (dln_file_map(&file, path, &err) != DATELINE_OK) {
        fprintf(stderr, "%s\n", err.what);
        return 1;
    }
    for (size_t quarter = 1; quarter <= 4; quarter++) LLVMFuzzerTestOneInput(file.data, file.size * quarter / 4);
    dln_file_unmap(&file);
    return 0;
}

int main(int argc, char **argv) {
    dateline_error err;
    dln_array paths;
    dln_array_init(&paths, sizeof(char *));
    int failures = 0;
    for (int i = 1; i < argc; i++)
        if (dln_paths_list(&paths, argv[i], "", &err) != DATELINE_OK) {
            fprintf(stderr, "%s\n", err.what);
            failures++;
        }
    for (size_t i = 0; i < paths.count; i++) failures += replay(((char **)paths.items)[i]);
    printf("%zu files\n", paths.count);
    failures += paths.count == 0;
    dln_paths_release(&paths);
    return failures != 0;
}
