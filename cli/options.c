/* SPDX-License-Identifier: Apache-2.0
 * options.c: the tables of subcommands and options, and the one reader of command lines. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- subcommands */

const command commands[] = {
    { "code",
      "[FILE…]",
      "events as records",
      "Reads news and prints one record for each event: who did what to whom, when, where, and according to whom. "
      "Plain text is one document a file; JSON Lines one a line, with the fields id, date, title, text, url, "
      "publication, language. On a terminal the events are shown as a table.",
      run_code,
      { { "dateline code --date 2024-03-12 article.txt", "events of one article" },
        { "dateline code news.jsonl.gz > events.jsonl", "events of an archive" },
        { "dateline code --to csv --rejects bad.jsonl news.jsonl > events.csv", "as a table; what failed is kept" },
        { "zcat news.gz | dateline code --from jsonl --field text=body -", "from a pipe; `body` holds the text" } } },
    { "annotate",
      "[FILE…]",
      "documents with every layer",
      "Prints one record for each document, with its sentences, entities, places, times, quotations and events.",
      run_annotate,
      { { "dateline annotate --date 2024-03-12 article.txt", "all that was found in an article" },
        { "dateline annotate --layers entities,quotes news.jsonl", "two layers of an archive" } } },
    { "parse",
      "[FILE…]",
      "sentences and tokens as CoNLL-U",
      "Prints CoNLL-U. All text is taken as running text: no dateline, title or page furniture is looked for. With "
      "--from conllu the given sentences and tokens are kept and the rest is filled in anew.",
      run_parse,
      { { "dateline parse article.txt", "from raw text" },
        { "dateline parse --from conllu gold.conllu", "on tokens that are split already" } } },
    { "explain",
      "[FILE…]",
      "why each event was coded, and what was not",
      "Shows each sentence with the words that an event was coded from, the lexicon entry that fired with its file and "
      "line, and for each known predicate that gave no event the condition that failed.",
      run_explain,
      { { "dateline explain --date 2024-03-12 article.txt", "an article, sentence by sentence" },
        { "dateline explain --lexicon my/verbs.txt article.txt", "with a lexicon of your own" } } },
    { "actor",
      "[FILE…]",
      "phrases to actors with codes",
      "Prints one record for each phrase: whom it means as of a day, with name, country or organisation, sectors and "
      "office. A phrase a line, or JSON with the fields text, id, date, context (a sentence that it stands in).",
      run_actor,
      { { "echo 'Norwegian foreign minister' | dateline actor --date 2024-03-12 -", "one phrase" } } },
    { "lexicon check",
      "PATH…",
      "faults of text lexicons, with line numbers",
      "Checks lexicons, in files or folders: syntax, keys, codes, and their example sentences. Faults are printed as "
      "FILE:LINE: error: what.",
      run_lexicon_check,
      { { "dateline lexicon check my/", "all lexicons of a folder" } } },
    { "lexicon compile",
      "PATH…",
      "text lexicons to the form that is loaded",
      "Compiles lexicons, in files or folders, to one file.",
      run_lexicon_compile,
      { { "dateline lexicon compile --output en.lexicon lexicons/en", "the whole English lexicon" } } },
    { "info",
      "",
      "versions, kernels, model and lexicon",
      "Prints one fact a line on the loaded engine.",
      run_info,
      { { "dateline info", "what is loaded, and from where" } } },
    { "completion",
      "SHELL",
      "completion script for bash, zsh or fish",
      "Prints a script that completes subcommands, options and their values.",
      run_completion,
      { { "dateline completion bash > /etc/bash_completion.d/dateline", "for all users of bash" },
        { "dateline completion fish > ~/.config/fish/completions/dateline.fish", "for fish" } } },
    { "man",
      "",
      "this manual as a page for man",
      "Prints the manual page in roff.",
      run_man,
      { { "dateline man | man -l -", "read it" } } },
};
const size_t command_count = sizeof commands / sizeof *commands;

/* ---------------------------------------------------------------- options */

/* Bits, in the order of the table above. */
enum {
    CODE = 1 << 0,
    ANNOTATE = 1 << 1,
    PARSE = 1 << 2,
    EXPLAIN = 1 << 3,
    ACTOR = 1 << 4,
    CHECK = 1 << 5,
    COMPILE = 1 << 6,
    INFO = 1 << 7,
    ALL = (1 << 10) - 1,
    ARTICLES = CODE | ANNOTATE | PARSE | EXPLAIN,
    READING = ARTICLES | ACTOR,
    LOADING = READING | CHECK | INFO
};

#define FIELD(name) offsetof(options, name)

const option option_table[] = {
    { "from", 'f', OPTION_TEXT, FIELD(from), CODE | ANNOTATE | EXPLAIN, "FORM", "text jsonl",
      "form of the input; without it the file's name decides, and standard input is plain text" },
    { "from", 'f', OPTION_TEXT, FIELD(from), PARSE, "FORM", "text jsonl conllu",
      "form of the input; without it the file's name decides, and standard input is plain text" },
    { "to", 't', OPTION_TEXT, FIELD(to), CODE, "FORM", "jsonl csv table",
      "form of the output; without it a table on a terminal, JSON Lines elsewhere" },
    { "layers", 'l', OPTION_TEXT, FIELD(layers), ANNOTATE, "LAYER,…", NULL,
      "print these layers alone: sentences, entities, places, times, quotes, events" },
    { "date", 'd', OPTION_TEXT, FIELD(date), READING, "YYYY-MM-DD", NULL,
      "day of publication of a plain text, and of records without one" },
    { "id", 'i', OPTION_TEXT, FIELD(id), ARTICLES, "ID", NULL, "id of a plain text; without it the file's name" },
    { "field", 0, OPTION_LIST, FIELD(fields), READING, "OURS=THEIRS", NULL,
      "read a JSON field under another name: --field text=body" },
    { "max-size", 0, OPTION_TEXT, FIELD(max_size), READING, "MIB", NULL,
      "longest document accepted, in MiB (default 16); longer ones are rejected" },
    { "language", 0, OPTION_TEXT, FIELD(language), ARTICLES, "CODE", NULL,
      "skip records that name another language, such as en" },
    { "rejects", 'r', OPTION_TEXT, FIELD(rejects), READING, "FILE", NULL,
      "keep id, source and reason of rejected records here, as JSON Lines" },
    { "jobs", 'j', OPTION_TEXT, FIELD(jobs), READING, "N", NULL,
      "worker threads (default: one for each core); the output does not depend on it" },
    { "lexicon", 'L', OPTION_LIST, FIELD(lexicons), LOADING & ~CHECK, "PATH", NULL,
      "add a text lexicon, file or folder; later ones override earlier ones" },
    { "model-dir", 'm', OPTION_TEXT, FIELD(model_dir), LOADING, "FOLDER", NULL,
      "folder of model and compiled lexicon" },
    { "kernels", 0, OPTION_TEXT, FIELD(kernels), LOADING, "SET", "auto ref avx2 avx512 neon",
      "arithmetic: the best this machine has, or a named set; the output does not depend on it" },
    { "output", 'o', OPTION_TEXT, FIELD(output), COMPILE, "FILE", NULL, "write the compiled lexicon here" },
    { "quiet", 'q', OPTION_FLAG, FIELD(quiet), READING | CHECK, NULL, NULL, "no progress, no summary" },
    { "help", 'h', OPTION_FLAG, FIELD(help), ALL, NULL, NULL, "show this help" },
    { "version", 'V', OPTION_FLAG, FIELD(version), ALL, NULL, NULL, "show versions of program, model and lexicon" },
};
const size_t option_count = sizeof option_table / sizeof *option_table;

bool option_belongs(const option *candidate, const command *to) {
    return (candidate->commands >> (to - commands) & 1) != 0;
}

/* ---------------------------------------------------------------- did you mean */

#define LONGEST_NAME 32

/* Edit distance (Levenshtein); names longer than LONGEST_NAME are far from everything. */
static size_t distance(const char *a, const char *b) {
    size_t row[LONGEST_NAME + 1], a_len = strlen(a), b_len = strlen(b);
    if (a_len > LONGEST_NAME || b_len > LONGEST_NAME) return SIZE_MAX;
    for (size_t j = 0; j <= b_len; j++) row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t changed = diagonal + (a[i - 1] != b[j - 1]);
            size_t shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = changed < shorter ? changed : shorter;
        }
    }
    return row[b_len];
}

const char *closest_name(const char *typed, const char *(*name_at)(size_t i, const void *user), size_t count,
                         const void *user) {
    const char *best = NULL;
    size_t least = strlen(typed) / 3 + 2; /* farther ones are no typing mistakes */
    for (size_t i = 0; i < count; i++) {
        const char *name = name_at(i, user);
        size_t far = name == NULL ? SIZE_MAX : distance(typed, name);
        if (far >= least) continue;
        least = far;
        best = name;
    }
    return best;
}

static const char *command_name(size_t i, const void *user) {
    (void)user;
    return commands[i].name;
}

static const char *option_name(size_t i, const void *user) {
    return option_belongs(&option_table[i], user) ? option_table[i].name : NULL;
}

/* ---------------------------------------------------------------- finding the subcommand */

/* How many of argv's words the command's name takes; 0: another command. */
static int words_matched(const command *candidate, int argc, char **argv) {
    const char *space = strchr(candidate->name, ' ');
    if (space == NULL) return strcmp(argv[0], candidate->name) == 0 ? 1 : 0;
    size_t len = (size_t)(space - candidate->name);
    bool first = strlen(argv[0]) == len && memcmp(argv[0], candidate->name, len) == 0;
    return first && argc > 1 && strcmp(argv[1], space + 1) == 0 ? 2 : 0;
}

/* Names of two words are tried like all others; a group alone says what it wants. */
const command *command_find(int argc, char **argv, int *words) {
    for (size_t i = 0; i < command_count; i++) {
        *words = words_matched(&commands[i], argc, argv);
        if (*words > 0) return &commands[i];
    }
    if (strcmp(argv[0], "lexicon") == 0) {
        complain("`lexicon` needs one of: check, compile");
        return NULL;
    }
    const char *meant = closest_name(argv[0], command_name, command_count, NULL);
    if (meant != NULL) complain("'%s' is no subcommand; did you mean `dateline %s`?", argv[0], meant);
    else complain("'%s' is no subcommand", argv[0]);
    return NULL;
}

/* ---------------------------------------------------------------- reading options */

/* Where in argv the reader stands. */
typedef struct {
    const command *chosen;
    options *given;
    int argc, next;
    char **argv;
} option_reader;

/* By long name or, if that is NULL, by letter; among the options of one subcommand. */
static const option *find_option(const command *of, const char *name, size_t len, char letter) {
    for (size_t i = 0; i < option_count; i++) {
        const option *candidate = &option_table[i];
        if (!option_belongs(candidate, of)) continue;
        if (name == NULL ? candidate->letter == letter
                         : strlen(candidate->name) == len && memcmp(candidate->name, name, len) == 0)
            return candidate;
    }
    return NULL;
}

/* One at a time: command lines are short. */
static void append(string_list *list, const char *value) {
    const char **items = allocate(list->count + 1, sizeof *items);
    if (list->count > 0) memcpy(items, list->items, list->count * sizeof *items);
    items[list->count++] = value;
    free(list->items);
    list->items = items;
}

/* Whether a value is one of the words in a list with spaces between. */
static bool is_choice(const char *choices, const char *value) {
    size_t len = strlen(value);
    for (const char *at = choices; *at != '\0'; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == len && memcmp(at, value, len) == 0) return true;
        at += word;
    }
    return false;
}

/* The only place where options become fields: by the offset in their row. */
static bool store(option_reader *reader, const option *found, const char *value) {
    char *field = (char *)reader->given + found->offset;
    if (found->choices != NULL && value != NULL && !is_choice(found->choices, value)) {
        complain("--%s: '%s' is not one of: %s", found->name, value, found->choices);
        return false;
    }
    if (found->kind == OPTION_LIST) append((string_list *)(void *)field, value);
    else if (found->kind == OPTION_TEXT) *(const char **)(void *)field = value;
    else *(bool *)field = true;
    return true;
}

/* `value`: what stood behind `=` or the letter; NULL: the next word counts. */
static bool take_option(option_reader *reader, const option *found, const char *value) {
    if (found->kind == OPTION_FLAG && value == NULL) return store(reader, found, NULL);
    if (found->kind == OPTION_FLAG) {
        complain("--%s takes no value", found->name);
        return false;
    }
    if (value == NULL && reader->next < reader->argc) value = reader->argv[reader->next++];
    if (value != NULL) return store(reader, found, value);
    complain("--%s needs a value: --%s %s", found->name, found->name, found->argument);
    return false;
}

/* `--name`, `--name value` or `--name=value`. */
static bool read_long(option_reader *reader, const char *word) {
    size_t len = strcspn(word, "=");
    const option *found = find_option(reader->chosen, word, len, 0);
    if (found != NULL) return take_option(reader, found, word[len] == '=' ? word + len + 1 : NULL);
    text name = { 0 };
    text_add(&name, word, len);
    const char *meant = name.failed ? NULL : closest_name(name.ptr, option_name, option_count, reader->chosen);
    if (meant != NULL)
        complain("--%.*s is no option of `%s`; did you mean --%s?", (int)len, word, reader->chosen->name, meant);
    else complain("--%.*s is no option of `%s`", (int)len, word, reader->chosen->name);
    text_free(&name);
    return false;
}

/* `-qj4`: flags, and at last an option with its value behind it or in the next word. */
static bool read_short(option_reader *reader, const char *letters) {
    for (; *letters != '\0'; letters++) {
        const option *found = find_option(reader->chosen, NULL, 0, *letters);
        if (found == NULL) {
            complain("-%c is no option of `%s`", *letters, reader->chosen->name);
            return false;
        }
        if (found->kind != OPTION_FLAG) return take_option(reader, found, letters[1] != '\0' ? letters + 1 : NULL);
        if (!take_option(reader, found, NULL)) return false;
    }
    return true;
}

/* ---------------------------------------------------------------- values */

static bool is_number(const char *value, long least, long most) {
    char *end;
    long number = strtol(value, &end, 10);
    return end != value && *end == '\0' && number >= least && number <= most;
}

/* What the table cannot say: values of a certain form, options that exclude each other. */
static bool check_values(const options *given, const command *chosen) {
    if (given->operands.count > 0 && chosen->operands[0] == '\0')
        complain("`%s` reads no files; leave '%s' out", chosen->name, given->operands.items[0]);
    else if (given->date != NULL && dateline_date_parse(dateline_str_from(given->date)).year == 0)
        complain("--date: '%s' is no day; write it as 2024-03-12", given->date);
    else if (given->jobs != NULL && !is_number(given->jobs, 1, 256))
        complain("--jobs: '%s' is no number from 1 to 256", given->jobs);
    else if (given->max_size != NULL && !is_number(given->max_size, 1, 1024))
        complain("--max-size: '%s' is no number of MiB from 1 to 1024", given->max_size);
    else if (given->id != NULL && given->operands.count > 1)
        complain("--id names one text; give one file, or leave it out");
    else return true;
    return false;
}

/* Options and operands may mix; behind `--` all are operands. */
bool options_read(options *given, const command *chosen, int argc, char **argv) {
    option_reader reader = { chosen, given, argc, 0, argv };
    bool only_operands = false;
    while (reader.next < argc) {
        const char *word = argv[reader.next++];
        if (only_operands || word[0] != '-' || word[1] == '\0') {
            append(&given->operands, word);
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!(word[1] == '-' ? read_long(&reader, word + 2) : read_short(&reader, word + 1))) {
            return false;
        }
    }
    return given->help || given->version || check_values(given, chosen);
}

void options_free(options *given) {
    free(given->lexicons.items);
    free(given->fields.items);
    free(given->operands.items);
}
