#include "dateline.h"
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv) {
    dateline_error err;
    if (argc > 4 && strcmp(argv[1], "lexicon") == 0 && strcmp(argv[2], "compile") == 0) {
        const char *paths[] = { argv[5] };
        return dateline_lexicon_compile(paths, 1, argv[4], NULL, NULL, &err) != DATELINE_OK;
    }
    return 2;
}
