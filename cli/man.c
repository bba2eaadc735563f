/* SPDX-License-Identifier: Apache-2.0
 * man.c: `dateline man`, the manual page in roff, from the tables. */
#include "cli.h"

#include <inttypes.h>
#include <string.h>

/* ---------------------------------------------------------------- roff */

/* UTF-8 to a code point; the tables are ours, so they are valid. */
static uint32_t decode(const char **at) {
    unsigned char first = (unsigned char)*(*at)++;
    uint32_t c = first < 0x80 ? first : first < 0xE0 ? first & 0x1Fu : first & 0x0Fu;
    while (first >= 0xC0 && ((unsigned char)**at & 0xC0) == 0x80) c = c << 6 | ((unsigned char)*(*at)++ & 0x3Fu);
    return c;
}

/* Text that roff must not read: escapes, and hyphens that are minus signs. */
static void put(const char *words) {
    if (*words == '.' || *words == '\'') fputs("\\&", stdout);
    while (*words != '\0') {
        uint32_t c = decode(&words);
        if (c == '\\') fputs("\\e", stdout);
        else if (c == '-') fputs("\\-", stdout);
        else if (c == '`') fputs("\\(ga", stdout);
        else if (c == '~') fputs("\\(ti", stdout);
        else if (c >= 0x80) printf("\\[u%04" PRIX32 "]", c);
        else putchar((int)c);
    }
}

static void put_line(const char *before, const char *words) {
    fputs(before, stdout);
    put(words);
    putchar('\n');
}

/* ---------------------------------------------------------------- sections */

/* A tagged paragraph: bold names, the value in italics. */
static void put_option(const option *row) {
    puts(".TP");
    if (row->letter != 0) printf("\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", stdout);
    put(row->name);
    fputs("\\fR", stdout);
    if (row->argument != NULL) {
        fputs(" \\fI", stdout);
        put(row->argument);
        fputs("\\fR", stdout);
    }
    put_line("\n", row->meaning);
    if (row->choices != NULL) printf("(%s)\n", row->choices);
}

/* Help and version are said once for all subcommands. */
static void put_command(const command *of) {
    printf(".SS dateline ");
    put(of->name);
    if (of->operands[0] != '\0') put_line(" ", of->operands);
    else putchar('\n');
    put_line("", of->description);
    for (size_t i = 0; i < option_count; i++) {
        bool everywhere = option_table[i].kind == OPTION_FLAG && strcmp(option_table[i].name, "quiet") != 0;
        if (option_belongs(&option_table[i], of) && !everywhere) put_option(&option_table[i]);
    }
}

/* All of them in one section, where readers of manuals look first. */
static void put_examples(void) {
    puts(".SH EXAMPLES");
    for (size_t i = 0; i < command_count; i++) {
        const example *examples = commands[i].examples;
        for (size_t k = 0; k < MAX_EXAMPLES && examples[k].command != NULL; k++) {
            puts(".TP");
            fputs("\\fB", stdout);
            put(examples[k].command);
            put_line("\\fR\n", examples[k].meaning);
        }
    }
}

typedef struct {
    const char *term, *meaning;
} definition;

static void put_definitions(const char *title, const definition *list, size_t count) {
    printf(".SH %s\n", title);
    for (size_t i = 0; i < count; i++) {
        puts(".TP");
        put_line(".B ", list[i].term);
        put_line("", list[i].meaning);
    }
}

static const definition inputs[] = {
    { "plain text",
      "Everything that is not one of the others: a document a file. --date and --id say what is known of it." },
    { "JSON Lines",
      "Files that end in .jsonl or .ndjson, or --from jsonl: a document a line, with the fields id, date, "
      "title, text, url, publication, language. Others are passed over." },
    { "CoNLL-U", "dateline parse --from conllu alone." },
    { "compressed", "gzip and Zstandard are told by their content and unpacked." },
    { "-", "Standard input, which is also read when no file is named and it is no terminal." },
};

static const definition statuses[] = {
    { "0", "All went well; also when the reader of a pipe has gone away." },
    { "1", "Some records were rejected; all others are complete." },
    { "2", "Wrong usage." },
    { "3", "Input or output failed: a file cannot be read (the others are), the disk is full. What was written is "
           "whole lines." },
    { "4", "Model or lexicon missing, damaged or wrong." },
    { "130", "Interrupted. What was written is whole lines; a second interrupt kills." },
};

static const definition variables[] = {
    { "DATELINE_MODEL_DIR",
      "Folder of model and compiled lexicon, unless --model-dir names one. Without either, "
      "share/dateline beside the program, ../share/dateline, then the place of the installation." },
    { "NO_COLOR", "If set and not empty, no colours." },
    { "COLUMNS", "Width of the table where the output is no terminal." },
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

int run_man(const options *given) {
    (void)given;
    printf(".TH DATELINE 1 \"\" \"dateline %s\" \"User Commands\"\n", dateline_version());
    puts(".SH NAME\ndateline \\- news text in, event records out\n.SH SYNOPSIS\n.B dateline\n"
         ".I SUBCOMMAND\n[\\fIOPTION\\fR\\[u2026]] [\\fIFILE\\fR\\[u2026]]\n.SH DESCRIPTION");
    put_line("", "dateline reads news and prints event records of the PLOVER 2.0 ontology: who did what to whom, when, "
                 "where, and according to whom. Records go to standard output; progress, messages and the summary "
                 "(records coded, skipped, rejected) to standard error.");
    puts(".SH SUBCOMMANDS");
    for (size_t i = 0; i < command_count; i++) put_command(&commands[i]);
    put_line("", "All subcommands take --help and --version.");
    put_definitions("INPUT", inputs, COUNT(inputs));
    put_definitions("EXIT STATUS", statuses, COUNT(statuses));
    put_definitions("ENVIRONMENT", variables, COUNT(variables));
    put_examples();
    return STATUS_OK;
}
