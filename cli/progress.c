/* SPDX-License-Identifier: Apache-2.0
 * progress.c: what a person sees on standard error: one line that is written over again while the work goes on, and the
 * three counts at its end. */
#include "cli.h"

#include <inttypes.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_BETWEEN 0.2

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_start(progress *of, const options *given) {
    /* Where the data goes to the same terminal the line would only be in the way. */
    of->shown = !given->quiet && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    of->started = of->last = seconds_now();
}

/* Rate in records, time left by bytes: records of the files to come are not known, their sizes are. */
void progress_show(progress *of, const counts *so_far, uint64_t done, uint64_t all) {
    double now = of->shown ? seconds_now() : 0;
    if (!of->shown || now - of->last < SECONDS_BETWEEN) return;
    of->last = now;
    uint64_t records = so_far->coded + so_far->skipped + so_far->rejected;
    double elapsed = now - of->started;
    fprintf(stderr, "\r\x1b[K%" PRIu64 " records, %.0f a second", records, (double)records / elapsed);
    if (done > 0 && done <= all) {
        double left = elapsed * (double)(all - done) / (double)done;
        unsigned long seconds = (unsigned long)left;
        fprintf(stderr, ", %.0f %%, %lu:%02lu:%02lu left", 100.0 * (double)done / (double)all, seconds / 3600,
                seconds / 60 % 60, seconds % 60);
    }
}

/* Leaves no trace: the summary comes in its place. */
void progress_clear(progress *of) {
    if (of->shown) fputs("\r\x1b[K", stderr);
    of->shown = false;
}

/* Three ways for a record to end, so the three counts add up to the first. */
void summary_print(const counts *of) {
    uint64_t records = of->coded + of->skipped + of->rejected;
    fprintf(stderr,
            "dateline: %" PRIu64 " record%s: %" PRIu64 " coded, %" PRIu64 " skipped, %" PRIu64 " rejected; %" PRIu64
            " event%s\n",
            records, records == 1 ? "" : "s", of->coded, of->skipped, of->rejected, of->events,
            of->events == 1 ? "" : "s");
}
