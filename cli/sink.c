/* SPDX-License-Identifier: Apache-2.0
 * sink.c: whole lines to a file descriptor, without a buffer of its own: each call is one document's output. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* After `written` bytes of `bytes` no more went in: takes back the last, incomplete line of a regular file. */
static void cut_to_whole_lines(int fd, const char *bytes, size_t written) {
    struct stat info;
    size_t tail = 0;
    while (tail < written && bytes[written - tail - 1] != '\n') tail++;
    if (tail == 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return;
    off_t end = info.st_size - (off_t)tail;
    if (end >= 0 && ftruncate(fd, end) == 0) lseek(fd, end, SEEK_SET);
}

/* A closed pipe is silent, anything else is complained of, once. */
bool sink_write(sink *out, const char *bytes, size_t len) {
    size_t written = 0;
    while (out->state == SINK_OPEN && written < len) {
        ssize_t count = write(out->fd, bytes + written, len - written);
        if (count >= 0) {
            written += (size_t)count;
        } else if (errno == EPIPE) {
            out->state = SINK_CLOSED;
        } else if (errno != EINTR) {
            complain("%s: cannot write: %s", out->name, strerror(errno));
            out->state = SINK_FAILED;
            cut_to_whole_lines(out->fd, bytes, written);
        }
    }
    return out->state == SINK_OPEN;
}

int sink_create(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) complain("%s: cannot write: %s", path, strerror(errno));
    return fd;
}
