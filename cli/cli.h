/* SPDX-License-Identifier: Apache-2.0
 * cli.h: what the files of the program share. The program sees the library through dateline.h alone.
 *
 *   main.c       picks the subcommand            options.c     the option table, and what reads it
 *   help.c       --help, from the tables         pipeline.c    records through worker threads, in order
 *   man.c        manual page, from the tables    input.c       files and standard input to records
 *   completion.c shell completion, likewise      sink.c        whole lines to a file descriptor
 *   engine.c     finds the model, loads it       progress.c    the line on a terminal, and the summary
 * and one file for each subcommand. */
#ifndef CLI_H
#define CLI_H

#include "dateline.h"

#include <stddef.h>
#include <stdio.h>

/* ---------------------------------------------------------------- exit statuses */

enum {
    STATUS_OK = 0,
    STATUS_REJECTED = 1, /* some records were rejected, the rest is complete */
    STATUS_USAGE = 2,
    STATUS_IO = 3,    /* input or output failed */
    STATUS_MODEL = 4, /* model or lexicon missing, damaged or wrong */
    STATUS_INTERRUPTED = 130
};

/* ---------------------------------------------------------------- memory and messages (common.c) */

/* Zeroed memory. Ends the program with STATUS_IO when there is none: for small, fixed needs alone. */
void *allocate(size_t count, size_t size);

/* "dateline: " and the message and a line end, on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Growing text, NUL-terminated. Sticky: after an allocation failure `failed` stays set. */
typedef struct {
    char *ptr;
    size_t len, capacity;
    bool failed;
    bool (*spill)(void *user, const char *bytes, size_t len); /* for text_ease; NULL: none. False: failed */
    void *user;
} text;

void text_add(text *out, const char *bytes, size_t len);
void text_add_str(text *out, dateline_str str);
void text_add_string(text *out, const char *string);
void text_add_format(text *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds the document's records, and eases the text meanwhile. False: no memory, or the spill failed. */
bool text_print(text *out, const dateline_doc *doc, dateline_form form, unsigned layers);
/* Hands a long text to its spill and empties it. For printers, where they will not look back. */
void text_ease(text *out);
void text_free(text *out);

/* ---------------------------------------------------------------- options (options.c) */

typedef struct {
    const char **items;
    size_t count;
} string_list;

typedef struct {
    const char *from, *to, *date, *id, *layers, *jobs, *max_size, *rejects, *language; /* NULL: not given */
    const char *model_dir, *kernels, *output;
    bool quiet, help, version;
    string_list lexicons, fields, operands;
} options;

typedef struct {
    const char *command, *meaning;
} example;

#define MAX_EXAMPLES 5

/* A subcommand; the first word of `lexicon check` is its group. */
typedef struct {
    const char *name, *operands, *summary, *description;
    int (*run)(const options *given);
    example examples[MAX_EXAMPLES];
} command;

typedef enum { OPTION_FLAG, OPTION_TEXT, OPTION_LIST } option_kind;

/* A row of the option table: the one source of parsing, help, manual page and completion. */
typedef struct {
    const char *name; /* without its dashes */
    char letter;      /* short form; 0: none */
    option_kind kind;
    size_t offset;        /* of its field in `options` */
    unsigned commands;    /* bits of the subcommands that take it */
    const char *argument; /* what its value is called; NULL for a flag */
    const char *choices;  /* words allowed, separated by spaces; NULL: anything */
    const char *meaning;
} option;

extern const command commands[];
extern const size_t command_count;
extern const option option_table[];
extern const size_t option_count;

bool option_belongs(const option *candidate, const command *to);

/* The subcommand that argv names, and how many words its name has; NULL after a complaint. */
const command *command_find(int argc, char **argv, int *words);

/* Reads the words behind the subcommand's name. False after a complaint. */
bool options_read(options *given, const command *chosen, int argc, char **argv);
void options_free(options *given);

/* Of `count` names, the one closest to what was typed; NULL: none is close. */
const char *closest_name(const char *typed, const char *(*name_at)(size_t i, const void *user), size_t count,
                         const void *user);

/* ---------------------------------------------------------------- help, manual page, completion */

void help_general(FILE *out);
void help_command(FILE *out, const command *of);
void usage_hint(const command *of); /* on standard error: how to get help */

/* ---------------------------------------------------------------- engine (engine.c) */

/* Loads the engine as the options say. engine_open: NULL after a complaint, with the exit status in *status. */
dateline_engine *engine_load(const options *given, dateline_error *err);
dateline_engine *engine_open(const options *given, int *status);
int print_version(const options *given);

/* ---------------------------------------------------------------- output (sink.c) */

typedef enum { SINK_OPEN = 0, SINK_CLOSED, SINK_FAILED } sink_state; /* closed: the reader of a pipe is gone */

typedef struct {
    int fd;
    const char *name;
    sink_state state;
    uint64_t tail; /* bytes written behind the last line end */
} sink;

/* Writes at once. When that fails half way, the file is cut back to its last whole line. */
bool sink_write(sink *out, const char *bytes, size_t len);
void sink_fail(sink *out, const char *why); /* ends it, with a complaint */
int sink_create(const char *path);          /* a new, empty file; -1 after a complaint */

/* ---------------------------------------------------------------- input (input.c) */

typedef struct input input;
typedef struct given_doc given_doc;

/* One thing to read: a record, or sentences and tokens that somebody else has split. */
typedef struct {
    dateline_record *record;
    given_doc *tokens;
    const char *file;
    uint64_t offset;
    size_t size; /* bytes of text */
} item;

input *input_open(const options *given, bool running_text);
bool input_next(input *from, item *next); /* false: the end; failures were complained of */
int input_status(const input *from);      /* STATUS_IO: a file could not be read; STATUS_USAGE: an option is wrong */
void input_progress(const input *from, uint64_t *done, uint64_t *all);
void input_close(input *from);
void item_free(item *of);

/* ---------------------------------------------------------------- CoNLL-U input (conllu.c) */

struct given_doc {
    char *id;      /* NULL: the file's name counts */
    text words;    /* forms, one behind the other */
    text sent_ids; /* NUL-terminated each, one for each sentence; "": none */
    dateline_given_token *tokens;
    size_t count, capacity;
    bool failed;
};

/* The next `# newdoc` of a source of lines, which may be the last good one before *err; NULL: there is none. */
given_doc *given_doc_read(dateline_source *source, text *line, dateline_error *err);
void given_doc_free(given_doc *doc);

/* ---------------------------------------------------------------- pipeline (pipeline.c, progress.c) */

/* What a subcommand does with each document. */
typedef struct {
    dateline_stage until;
    bool running_text, explain;
    const char *header;                                                            /* printed first; NULL: none */
    bool (*print)(text *out, const dateline_doc *doc, const item *of, void *user); /* false: no memory */
    void *user;
} task;

/* Runs all input through the task and gives the exit status. */
int pipeline_run(const options *given, const task *what);
bool was_interrupted(void);

typedef struct {
    uint64_t coded, skipped, rejected, events;
} counts;

typedef struct {
    bool shown;
    double started, last;
} progress;

void progress_start(progress *of, const options *given);
void progress_show(progress *of, const counts *so_far, uint64_t done, uint64_t all);
void progress_clear(progress *of);
void summary_print(const counts *of);

/* ---------------------------------------------------------------- subcommands */

int run_code(const options *given);
int run_annotate(const options *given);
int run_parse(const options *given);
int run_explain(const options *given);
int run_actor(const options *given);
int run_info(const options *given);
int run_lexicon_check(const options *given);
int run_lexicon_compile(const options *given);
int run_completion(const options *given);
int run_man(const options *given);

#endif
