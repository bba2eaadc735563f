/* SPDX-License-Identifier: Apache-2.0
 * sink.c: whole lines to a file descriptor, without a buffer of its own: a call is a document's output, or a
 * large part of it. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Takes back the last, incomplete line of a regular file: `tail` bytes. */
static void cut_to_whole_lines(int fd, uint64_t tail) {
    struct stat info;
    if (tail == 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return;
    off_t end = info.st_size - (off_t)tail;
    if (end >= 0 && ftruncate(fd, end) == 0) lseek(fd, end, SEEK_SET);
}

/* Keeps count of the line that is not ended yet; a long one comes in several calls. */
static void count_tail(sink *out, const char *bytes, size_t written) {
    size_t tail = 0;
    while (tail < written && bytes[written - tail - 1] != '\n') tail++;
    out->tail = tail < written ? tail : out->tail + written;
}

void sink_fail(sink *out, const char *why) {
    complain("%s: cannot write: %s", out->name, why);
    out->state = SINK_FAILED;
    cut_to_whole_lines(out->fd, out->tail);
}

/* A closed pipe is silent, anything else is complained of, once. */
bool sink_write(sink *out, const char *bytes, size_t len) {
    size_t written = 0;
    int failure = 0;
    while (out->state == SINK_OPEN && written < len && failure == 0) {
        ssize_t count = write(out->fd, bytes + written, len - written);
        if (count >= 0) written += (size_t)count;
        else if (errno == EPIPE) out->state = SINK_CLOSED;
        else if (errno != EINTR) failure = errno;
    }
    count_tail(out, bytes, written);
    if (failure != 0) sink_fail(out, strerror(failure));
    return out->state == SINK_OPEN;
}

int sink_create(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) complain("%s: cannot write: %s", path, strerror(errno));
    return fd;
}
