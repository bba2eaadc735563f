/* SPDX-License-Identifier: Apache-2.0
 * pipeline.c: records through worker threads and out again in input order.
 *
 * The main thread reads records into a ring of slots; workers take them in order and code them, each with a context of
 * its own. Whoever completes the oldest slot writes all that is ready, so the output is the same for any number of
 * threads; long output is written piece by piece once its slot is the oldest. Reading waits when the ring is full or
 * when the records in it hold too many bytes: neither a long input nor one huge document makes it grow.
 *
 * Interrupts reach the main thread alone, where they end a read that waits. Records that a worker has begun are still
 * written whole; a second interrupt kills. */
#include "cli.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define MAX_JOBS 256
#define SLOTS_PER_JOB 8
#define BYTES_PER_JOB ((size_t)512 << 10) /* of text; a document with its layers takes up to 32 times as much */

/* What becomes of a record: one of these, so that the counts add up. */
typedef enum { CODED = 0, SKIPPED, REJECTED } outcome;

/* A record on its way. */
typedef struct {
    item what;
    bool done;
    outcome end;
    char reason[200];
    text output;
    uint64_t events, number; /* of the record, from 0 */
    bool spilled;            /* a part of the output is written already */
} slot;

typedef struct {
    const options *given;
    const task *what;
    const dateline_engine *engine;
    input *source;
    sink out, rejects;
    progress shown;
    counts total;

    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t changed;
    slot *slots;
    size_t slot_count;
    uint64_t taken, begun, written; /* records: read, given to a worker, out again; in that order */
    size_t bytes, byte_limit;       /* of text in the ring */
    bool writing, ended, output_ended;
    uint64_t bytes_done, bytes_all; /* of the files, for the progress line */
} pipeline;

/* ---------------------------------------------------------------- interrupts */

static atomic_int interrupted; /* lock-free: legal in a handler, visible to all threads */

bool was_interrupted(void) {
    return interrupted != 0;
}

static void on_interrupt(int number) {
    (void)number;
    interrupted = 1;
}

/* No SA_RESTART: a read that waits must come back. Who started us with interrupts ignored (nohup) keeps them so. */
static void catch_interrupts(void) {
    struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND }, before;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGINT, NULL, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action = (struct sigaction){ .sa_handler = SIG_IGN };
    sigemptyset(&action.sa_mask);
    sigaction(SIGPIPE, &action, NULL);
}

/* Both signals that ask to stop. */
static void block_interrupts(bool blocked) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

/* ---------------------------------------------------------------- reading */

/* Called with the lock held: nothing more is to be read or begun. */
static bool is_over(const pipeline *line) {
    return interrupted || line->output_ended;
}

/* A document of any size may pass when it is alone. */
static bool has_room(const pipeline *line) {
    bool full = line->taken - line->written == line->slot_count;
    bool heavy = line->bytes >= line->byte_limit && line->taken > line->written;
    return !full && !heavy;
}

/* Waits for room in the ring. False: no more is wanted. */
static bool wait_for_room(pipeline *line) {
    pthread_mutex_lock(&line->lock);
    while (!is_over(line) && !has_room(line)) pthread_cond_wait(&line->changed, &line->lock);
    bool wanted = !is_over(line);
    pthread_mutex_unlock(&line->lock);
    return wanted;
}

/* The main thread until the end of the input. */
static void read_records(pipeline *line) {
    item next = { 0 };
    while (wait_for_room(line) && input_next(line->source, &next)) {
        uint64_t done, all;
        input_progress(line->source, &done, &all);
        pthread_mutex_lock(&line->lock);
        line->slots[line->taken++ % line->slot_count] = (slot){ .what = next };
        line->bytes += next.size;
        line->bytes_done = done;
        line->bytes_all = all;
        pthread_cond_broadcast(&line->changed);
        pthread_mutex_unlock(&line->lock);
    }
    pthread_mutex_lock(&line->lock);
    line->ended = true;
    pthread_cond_broadcast(&line->changed);
    pthread_mutex_unlock(&line->lock);
}

/* A worker's next record; NULL: there are no more. Then the reader is woken, too: after an interrupt nobody else would
 * do it when it waits for room. */
static slot *take(pipeline *line) {
    slot *mine = NULL;
    pthread_mutex_lock(&line->lock);
    while (!line->ended && line->begun == line->taken) pthread_cond_wait(&line->changed, &line->lock);
    if (line->begun < line->taken && !is_over(line)) {
        mine = &line->slots[line->begun % line->slot_count];
        mine->number = line->begun++;
    } else pthread_cond_broadcast(&line->changed);
    pthread_mutex_unlock(&line->lock);
    return mine;
}

/* ---------------------------------------------------------------- coding it */

/* Half-made output is thrown away: a record is whole or rejected. */
static void reject(slot *mine, const char *reason) {
    mine->end = REJECTED;
    text_free(&mine->output);
    snprintf(mine->reason, sizeof mine->reason, "%s", reason);
}

/* A slot on its way, for what its printer spills. */
typedef struct {
    pipeline *line;
    slot *mine;
} spiller;

/* Output that is too long to be kept: waits until all older records are out, then writes it at once. Nobody else writes
 * meanwhile, since the oldest slot is this one and not done. False: nobody reads any more. */
static bool spill(void *user, const char *bytes, size_t len) {
    const spiller *from = user;
    pipeline *line = from->line;
    pthread_mutex_lock(&line->lock);
    while (line->written < from->mine->number || line->writing) pthread_cond_wait(&line->changed, &line->lock);
    pthread_mutex_unlock(&line->lock);
    from->mine->spilled = true;
    return sink_write(&line->out, bytes, len);
}

/* The printer failed. Where nobody reads any more that is no news, and a record of which a part is out cannot be taken
 * back: the run ends. */
static void stop_printing(pipeline *line, slot *mine) {
    if (!mine->spilled) reject(mine, "out of memory");
    else if (line->out.state == SINK_OPEN) sink_fail(&line->out, "out of memory");
    text_free(&mine->output);
}

/* The record as the input gave it, with what the task wants of the engine. */
static dateline_doc *read_item(dateline_context *context, const task *what, const item *from, dateline_error *err) {
    dateline_input wanted = DATELINE_INPUT_INIT;
    if (from->record != NULL) wanted = from->record->input;
    else wanted.id = dateline_str_from(from->tokens->id);
    wanted.until = what->until;
    wanted.running_text = what->running_text;
    wanted.explain = what->explain;
    if (from->record != NULL) return dateline_read(context, &wanted, err);
    return dateline_read_tokens(context, &wanted, from->tokens->tokens, from->tokens->count, err);
}

/* Whether a record names a language, and not the one wanted; 'en-GB' is 'en'. */
static bool is_foreign(const char *wanted, const dateline_record *record) {
    if (wanted == NULL || record == NULL || record->input.language.len == 0) return false;
    size_t len = strlen(wanted);
    dateline_str own = record->input.language;
    bool same = own.len >= len && strncasecmp(own.ptr, wanted, len) == 0;
    return !same || (own.len > len && own.ptr[len] != '-' && own.ptr[len] != '_');
}

/* What becomes of one record; called without the lock. */
static void code(dateline_context *context, pipeline *line, slot *mine) {
    const task *what = line->what;
    dateline_error err = { 0 };
    if (mine->what.record != NULL && mine->what.record->rejected) {
        reject(mine, mine->what.record->reason);
        return;
    }
    if (is_foreign(line->given->language, mine->what.record)) {
        mine->end = SKIPPED;
        return;
    }
    dateline_doc *doc = read_item(context, what, &mine->what, &err);
    if (doc == NULL) {
        reject(mine, err.what);
        return;
    }
    while (dateline_doc_event(doc, mine->events) != NULL) mine->events++;
    spiller from = { line, mine };
    mine->output = (text){ .spill = spill, .user = &from };
    if (!what->print(&mine->output, doc, &mine->what, what->user) || mine->output.failed) stop_printing(line, mine);
    dateline_doc_free(doc);
}

/* ---------------------------------------------------------------- writing it */

/* `text` as a JSON string; input that is not UTF-8 was repaired before it came here, so bytes pass as they are. */
static void add_json(text *out, const char *string, size_t len) {
    text_add(out, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)string[i];
        if (c < 0x20) text_add_format(out, "\\u%04x", c);
        else if (c == '"' || c == '\\') text_add_format(out, "\\%c", c);
        else text_add(out, string + i, 1);
    }
    text_add(out, "\"", 1);
}

/* Rejects are written in the order of the input, like everything else. */
static void write_reject(pipeline *line, const slot *of) {
    if (line->rejects.name == NULL) return;
    text row = { 0 };
    dateline_str id = of->what.record != NULL ? of->what.record->input.id : dateline_str_from(of->what.tokens->id);
    text_add_string(&row, "{\"id\":");
    if (id.ptr != NULL) add_json(&row, id.ptr, id.len);
    else text_add_string(&row, "null");
    text_add_string(&row, ",\"source\":{\"file\":");
    add_json(&row, of->what.file, strlen(of->what.file));
    text_add_format(&row, ",\"offset\":%" PRIu64 "},\"reason\":", of->what.offset);
    add_json(&row, of->reason, strlen(of->reason));
    text_add_string(&row, "}\n");
    if (!row.failed) sink_write(&line->rejects, row.ptr, row.len);
    text_free(&row);
}

/* Called by one worker at a time, for one slot after the other. */
static void write_slot(pipeline *line, slot *of) {
    if (of->output.len > 0) sink_write(&line->out, of->output.ptr, of->output.len);
    if (of->end == REJECTED) write_reject(line, of);
    line->total.rejected += of->end == REJECTED;
    line->total.skipped += of->end == SKIPPED;
    line->total.coded += of->end == CODED;
    line->total.events += of->end == CODED ? of->events : 0;
}

/* Marks the slot as done and, unless another worker is at it, writes all that is ready. */
static void deliver(pipeline *line, slot *mine) {
    pthread_mutex_lock(&line->lock);
    mine->done = true;
    if (!line->writing) {
        line->writing = true;
        slot *oldest;
        while (line->written < line->taken && (oldest = &line->slots[line->written % line->slot_count])->done) {
            uint64_t bytes_done = line->bytes_done, bytes_all = line->bytes_all;
            pthread_mutex_unlock(&line->lock);
            write_slot(line, oldest);
            progress_show(&line->shown, &line->total, bytes_done, bytes_all);
            size_t size = oldest->what.size;
            item_free(&oldest->what);
            text_free(&oldest->output);
            pthread_mutex_lock(&line->lock);
            oldest->done = false;
            line->output_ended = line->out.state != SINK_OPEN || line->rejects.state == SINK_FAILED;
            line->bytes -= size;
            line->written++;
            pthread_cond_broadcast(&line->changed);
        }
        line->writing = false;
    }
    pthread_mutex_unlock(&line->lock);
}

/* ---------------------------------------------------------------- workers */

static void *work(void *user) {
    pipeline *line = user;
    dateline_context *context = NULL; /* made when there is something to do */
    for (slot *mine; (mine = take(line)) != NULL;) {
        dateline_error err = { 0 };
        if (context == NULL) context = dateline_context_new(line->engine, &err);
        if (context != NULL) code(context, line, mine);
        else reject(mine, err.what);
        deliver(line, mine);
    }
    dateline_context_free(context);
    return NULL;
}

/* All cores, unless told; the number never changes the output. */
static size_t job_count(const options *given) {
    long jobs = given->jobs != NULL ? strtol(given->jobs, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN);
    return jobs < 1 ? 1 : jobs > MAX_JOBS ? MAX_JOBS : (size_t)jobs;
}

/* Threads that the system refuses are done without, as long as there is one. */
static bool run_workers(pipeline *line, size_t jobs) {
    pthread_t threads[MAX_JOBS];
    size_t started = 0;
    block_interrupts(true); /* threads inherit it */
    while (started < jobs && pthread_create(&threads[started], NULL, work, line) == 0) started++;
    block_interrupts(false);
    if (started == 0) complain("cannot start a thread");
    else read_records(line);
    for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    for (uint64_t i = line->begun; i < line->taken; i++) item_free(&line->slots[i % line->slot_count].what);
    return started > 0;
}

/* The gravest that happened. A reader who has seen enough is no failure. */
static int status_of(const pipeline *line) {
    if (line->out.state == SINK_FAILED || line->rejects.state == SINK_FAILED) return STATUS_IO;
    if (interrupted) return STATUS_INTERRUPTED;
    if (line->out.state == SINK_CLOSED) return STATUS_OK;
    int status = input_status(line->source);
    if (status != STATUS_OK) return status;
    return line->total.rejected > 0 ? STATUS_REJECTED : STATUS_OK;
}

static int run_with_engine(const options *given, const task *what, pipeline *line) {
    size_t jobs = job_count(given);
    line->slot_count = jobs * SLOTS_PER_JOB;
    line->byte_limit = jobs * BYTES_PER_JOB;
    line->slots = allocate(line->slot_count, sizeof *line->slots);
    pthread_mutex_init(&line->lock, NULL);
    pthread_cond_init(&line->changed, NULL);
    line->source = input_open(given, what->running_text);
    progress_start(&line->shown, given);
    if (what->header != NULL) sink_write(&line->out, what->header, strlen(what->header));
    bool ran = run_workers(line, jobs);
    progress_clear(&line->shown);
    int status = ran ? status_of(line) : STATUS_IO;
    if (ran && !given->quiet && status != STATUS_USAGE && line->out.state != SINK_CLOSED) summary_print(&line->total);
    input_close(line->source);
    pthread_cond_destroy(&line->changed);
    pthread_mutex_destroy(&line->lock);
    free(line->slots);
    return status;
}

/* Before anything is read, so that a wrong path costs no work. */
static bool open_rejects(sink *rejects, const char *path) {
    if (path == NULL) return true;
    *rejects = (sink){ .fd = sink_create(path), .name = path };
    return rejects->fd >= 0;
}

/* Checks what can be checked at once, then loads, then works. */
int pipeline_run(const options *given, const task *what) {
    int status = STATUS_OK;
    pipeline line = { .given = given, .what = what, .out = { .fd = STDOUT_FILENO, .name = "standard output" } };
    if (given->operands.count == 0 && isatty(STDIN_FILENO)) {
        complain("nothing to read: name files, or `-` for standard input; `--help` shows examples");
        return STATUS_USAGE;
    }
    dateline_engine *engine = engine_open(given, &status);
    if (engine == NULL) return status;
    line.engine = engine;
    if (open_rejects(&line.rejects, given->rejects)) {
        catch_interrupts();
        status = run_with_engine(given, what, &line);
    } else {
        status = STATUS_IO;
    }
    if (line.rejects.name != NULL && line.rejects.fd >= 0) close(line.rejects.fd);
    dateline_engine_free(engine);
    return status;
}
