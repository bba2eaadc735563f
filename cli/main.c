/* SPDX-License-Identifier: Apache-2.0
 * main.c: picks the subcommand and runs it. */
#include "cli.h"

#include <string.h>

static bool is_one_of(const char *word, const char *a, const char *b, const char *c) {
    return strcmp(word, a) == 0 || strcmp(word, b) == 0 || strcmp(word, c) == 0;
}

/* A full disk is noticed at the last moment, when the buffer is written. */
static int finish(int status) {
    return fflush(stdout) == 0 ? status : STATUS_IO;
}

/* `dateline help`, `dateline help code`, `dateline --help`. */
static int show_help(int argc, char **argv) {
    int words;
    const command *of = argc > 0 ? command_find(argc, argv, &words) : NULL;
    if (argc > 0 && of == NULL) return STATUS_USAGE;
    if (of != NULL) help_command(stdout, of);
    else help_general(stdout);
    return finish(STATUS_OK);
}

/* Asking for help or the version wins over everything else on the command line. */
static int run(const command *chosen, int argc, char **argv) {
    options given = { 0 };
    int status = STATUS_USAGE;
    if (!options_read(&given, chosen, argc, argv)) {
        usage_hint(chosen);
    } else if (given.help) {
        help_command(stdout, chosen);
        status = finish(STATUS_OK);
    } else if (given.version) {
        status = print_version(&given);
    } else {
        status = chosen->run(&given);
    }
    options_free(&given);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        usage_hint(NULL);
        return STATUS_USAGE;
    }
    if (is_one_of(argv[1], "--help", "-h", "help")) return show_help(argc - 2, argv + 2);
    if (is_one_of(argv[1], "--version", "-V", "version")) return print_version(&(options){ 0 });
    int words = 0;
    const command *chosen = command_find(argc - 1, argv + 1, &words);
    if (chosen == NULL) {
        usage_hint(NULL);
        return STATUS_USAGE;
    }
    return run(chosen, argc - 1 - words, argv + 1 + words);
}
