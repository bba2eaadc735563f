/* SPDX-License-Identifier: Apache-2.0
 * help.c: --help, from the tables. */
#include "cli.h"

#include <string.h>

#define WIDTH 79

/* Words of `words` filled into lines; the first line starts at column `at`, the others at `indent`. */
static void print_filled(FILE *out, const char *words, size_t at, size_t indent) {
    bool first = true;
    while (*words != '\0') {
        size_t len = strcspn(words, " ");
        if (!first && at + 1 + len > WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            fputc(' ', out);
            at++;
        }
        fwrite(words, 1, len, out);
        at += len;
        words += len;
        words += strspn(words, " ");
        first = false;
    }
    fputc('\n', out);
}

/* The bytes of UTF-8 that show nothing of their own. */
static size_t continuation_bytes(const char *string) {
    size_t count = 0;
    for (; *string != '\0'; string++) count += ((unsigned char)*string & 0xC0) == 0x80;
    return count;
}

#define OPTION_COLUMN 26

/* Name on the left, meaning on the right, values that are allowed below it. */
static void print_option(FILE *out, const option *row) {
    text name = { 0 };
    if (row->letter != 0) text_add_format(&name, "  -%c, --%s", row->letter, row->name);
    else text_add_format(&name, "      --%s", row->name);
    if (row->argument != NULL) text_add_format(&name, " %s", row->argument);
    const char *left = name.failed ? row->name : name.ptr;
    size_t width = strlen(left) - continuation_bytes(left);
    fputs(left, out);
    if (width + 2 > OPTION_COLUMN) {
        fputc('\n', out);
        width = 0;
    }
    fprintf(out, "%*s", (int)(OPTION_COLUMN - width), "");
    print_filled(out, row->meaning, OPTION_COLUMN, OPTION_COLUMN);
    text_free(&name);
    if (row->choices != NULL) fprintf(out, "%*s(%s)\n", OPTION_COLUMN, "", row->choices);
}

/* The examples are those of `code`: what most people come for. */
void help_general(FILE *out) {
    fputs("dateline: news text in, event records out\n\nUsage: dateline SUBCOMMAND [OPTION…] [FILE…]\n\n", out);
    for (size_t i = 0; i < command_count; i++) fprintf(out, "  %-17s %s\n", commands[i].name, commands[i].summary);
    fputs("\nExamples:\n", out);
    for (size_t i = 0; i < 4 && commands[0].examples[i].command != NULL; i++)
        fprintf(out, "  %s\n      %s\n", commands[0].examples[i].command, commands[0].examples[i].meaning);
    fputs("\n`dateline SUBCOMMAND --help` shows its options, `dateline man | man -l -` the manual.\n"
          "`dateline --version` shows the versions of program, model and lexicon.\n",
          out);
}

void help_command(FILE *out, const command *of) {
    fprintf(out, "dateline %s: %s\n\nUsage: dateline %s [OPTION…]%s%s\n\n", of->name, of->summary, of->name,
            of->operands[0] != '\0' ? " " : "", of->operands);
    print_filled(out, of->description, 0, 0);
    fputs("\nOptions:\n", out);
    for (size_t i = 0; i < option_count; i++)
        if (option_belongs(&option_table[i], of)) print_option(out, &option_table[i]);
    fputs("\nExamples:\n", out);
    for (size_t i = 0; i < MAX_EXAMPLES && of->examples[i].command != NULL; i++)
        fprintf(out, "  %s\n      %s\n", of->examples[i].command, of->examples[i].meaning);
}

/* Short, because an error message stands above it and should stay in sight. */
void usage_hint(const command *of) {
    if (of == NULL) fputs("Usage: dateline SUBCOMMAND [OPTION…] [FILE…]; `dateline --help` lists all.\n", stderr);
    else
        fprintf(stderr, "Usage: dateline %s [OPTION…]%s%s; `dateline %s --help` explains them.\n", of->name,
                of->operands[0] != '\0' ? " " : "", of->operands, of->name);
}
