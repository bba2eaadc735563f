/* SPDX-License-Identifier: Apache-2.0
 * file.c: mapped files, whole writes, folders, byte streams (POSIX). */
#include "base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static dateline_status io_error(dateline_error *err, const char *path, const char *what) {
    char reason[80] = "";
    if (strerror_r(errno, reason, sizeof reason) != 0) snprintf(reason, sizeof reason, "error %d", errno);
    return dln_error_set(err, DATELINE_IO, 0, "%s: %s: %s", path, what, reason);
}

dateline_status dln_file_map(dln_file *file, const char *path, dateline_error *err) {
    *file = (dln_file){ NULL, 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return io_error(err, path, "cannot open");
    struct stat info;
    dateline_status status = DATELINE_OK;
    if (fstat(fd, &info) != 0) {
        status = io_error(err, path, "cannot read");
    } else if (!S_ISREG(info.st_mode)) {
        status = dln_error_set(err, DATELINE_IO, 0, "%s: not a regular file", path);
    } else if (info.st_size > 0) {
        void *data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED) status = io_error(err, path, "cannot map");
        else *file = (dln_file){ data, (size_t)info.st_size };
    }
    close(fd);
    return status;
}

void dln_file_unmap(dln_file *file) {
    if (file->data != NULL) munmap((void *)(uintptr_t)file->data, file->size);
    *file = (dln_file){ NULL, 0 };
}

dateline_status dln_file_write(const char *path, dateline_str data, dateline_error *err) {
    dln_buf name;
    dln_buf_init(&name);
    dln_buf_add_format(&name, "%s.new", path);
    char *temporary = dln_buf_detach(&name);
    if (temporary == NULL) return dln_error_memory(err);
    dateline_status status = DATELINE_OK;
    FILE *out = fopen(temporary, "wb");
    if (out == NULL) {
        status = io_error(err, temporary, "cannot write");
    } else {
        bool written = fwrite(data.ptr, 1, data.len, out) == data.len;
        if (fclose(out) != 0 || !written || rename(temporary, path) != 0) {
            status = io_error(err, path, "cannot write");
            remove(temporary);
        }
    }
    dln_free(temporary);
    return status;
}

static int by_bytes(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static dateline_status add_path(dln_array *paths, const char *folder, const char *name, dateline_error *err) {
    dln_buf path;
    dln_buf_init(&path);
    if (name == NULL) dln_buf_add_format(&path, "%s", folder);
    else dln_buf_add_format(&path, "%s/%s", folder, name);
    char *text = dln_buf_detach(&path);
    if (text == NULL || !dln_array_push(paths, &text)) {
        dln_free(text);
        return dln_error_memory(err);
    }
    return DATELINE_OK;
}

/* One folder's own entries: files that end in suffix to paths, folders to folders. */
static dateline_status list_folder(dln_array *paths, dln_array *folders, const char *path, const char *suffix,
                                   dateline_error *err) {
    DIR *folder = opendir(path);
    if (folder == NULL) return io_error(err, path, "cannot list");
    dateline_status status = DATELINE_OK;
    for (struct dirent *entry; status == DATELINE_OK && (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        status = add_path(folders, path, entry->d_name, err);
        if (status != DATELINE_OK) break;
        char **added = (char **)folders->items + (folders->count - 1);
        struct stat info;
        bool known = stat(*added, &info) == 0;
        if (known && S_ISDIR(info.st_mode)) continue;
        folders->count--;
        bool wanted =
            known && S_ISREG(info.st_mode) && dln_str_ends(dateline_str_from(*added), dateline_str_from(suffix));
        if (!wanted) dln_free(*added);
        else if (!dln_array_push(paths, added)) {
            dln_free(*added);
            status = dln_error_memory(err);
        }
    }
    closedir(folder);
    return status;
}

dateline_status dln_paths_list(dln_array *paths, const char *path, const char *suffix, dateline_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) return io_error(err, path, "cannot open");
    if (!S_ISDIR(info.st_mode)) return add_path(paths, path, NULL, err);
    dln_array folders;
    dln_array_init(&folders, sizeof(char *));
    size_t first = paths->count;
    dateline_status status = add_path(&folders, path, NULL, err);
    for (size_t i = 0; status == DATELINE_OK && i < folders.count; i++)
        status = list_folder(paths, &folders, ((char **)folders.items)[i], suffix, err);
    dln_paths_release(&folders);
    if (paths->count > first) qsort((char **)paths->items + first, paths->count - first, sizeof(char *), by_bytes);
    return status;
}

void dln_paths_release(dln_array *paths) {
    for (size_t i = 0; i < paths->count; i++) dln_free(((char **)paths->items)[i]);
    dln_array_release(paths);
}

struct dln_stream {
    int fd; /* -1: not open */
    uint64_t size;
    char path[]; /* for messages */
};

dln_stream *dln_stream_open(const char *path, dateline_error *err) {
    size_t length = strlen(path);
    dln_stream *stream = dln_alloc(1, sizeof *stream + length + 1);
    if (stream == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    memcpy(stream->path, path, length);
    stream->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat info = { 0 };
    if (stream->fd < 0 || fstat(stream->fd, &info) != 0) {
        io_error(err, path, "cannot open");
    } else if (S_ISDIR(info.st_mode)) {
        dln_error_set(err, DATELINE_IO, 0, "%s: is a folder; name its files", path);
    } else {
        if (S_ISREG(info.st_mode)) stream->size = (uint64_t)info.st_size;
        return stream;
    }
    dln_stream_close(stream);
    return NULL;
}

dateline_status dln_stream_read(dln_stream *stream, void *data, size_t size, size_t *got, dateline_error *err) {
    ssize_t count = read(stream->fd, data, size);
    *got = count < 0 ? 0 : (size_t)count;
    return count < 0 ? io_error(err, stream->path, "cannot read") : DATELINE_OK;
}

uint64_t dln_stream_size(const dln_stream *stream) {
    return stream->size;
}

void dln_stream_close(dln_stream *stream) {
    if (stream == NULL) return;
    if (stream->fd >= 0 && stream->fd != STDIN_FILENO) close(stream->fd);
    dln_free(stream);
}
