/* SPDX-License-Identifier: Apache-2.0
 * network.c: the model file, checked in full before anything is used. Bytes are used where they are mapped; wider
 * numbers are copied, matrices packed for the kernels. The file: models/FORMAT.md. */
#include "nn/nn_internal.h"

#define MAGIC "DATELNN\x1a"
#define VERSION 1
#define HEAD_SIZE 48
#define ENTRY_SIZE 32
#define NAME_SIZE 16
#define MAX_SECTIONS 256
#define MAX_WIDTH 1024
#define MAX_CLASSES 65536
#define MAX_TAGS 256
#define CONFIG_COUNT 22
#define MAX_SHIFT 24
#define MAX_TABLE_BIAS 16000 /* with eleven rows and a pair of at most 127 each the sum stays within 16 bits */

/* The lanes of the checksum and how they are folded: models/FORMAT.md. */
static uint64_t checksum_of(const uint8_t *bytes, size_t size) {
    const uint64_t prime = 0x100000001B3u;
    uint64_t lane[4] = { 0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu, 0x165667B19E3779F9u, 0x27D4EB2F165667C5u };
    for (size_t at = 0; at + 32 <= size; at += 32)
        for (unsigned i = 0; i < 4; i++) {
            uint64_t word = 0;
            for (unsigned b = 0; b < 8; b++) word |= (uint64_t)bytes[at + 8 * i + b] << (8 * b);
            lane[i] = (lane[i] ^ word) * prime;
        }
    uint64_t h = size;
    for (unsigned i = 0; i < 4; i++) {
        h = (h ^ lane[i]) * prime;
        h ^= h >> 29;
    }
    return h;
}

/* Reads what a network is made of; sticky: after the first fault the rest gives nothing. */
typedef struct {
    dln_network *network;
    const uint8_t *base;
    uint32_t section_count;
    dateline_status status;
} loader;

static void refuse(loader *load, dateline_status status) {
    if (load->status == DATELINE_OK) load->status = status;
}

/* A section by name; absent if there is none or it leaves the file. */
static dateline_str find(const dln_network *network, uint32_t section_count, const char *name) {
    const uint8_t *base = network->file.data;
    dln_reader entries = dln_reader_of(base + HEAD_SIZE, (size_t)section_count * ENTRY_SIZE);
    size_t len = strlen(name);
    for (uint32_t i = 0; i < section_count && len < NAME_SIZE; i++) {
        const char *own = dln_reader_bytes(&entries, NAME_SIZE);
        uint64_t at = dln_reader_u64(&entries), size = dln_reader_u64(&entries);
        if (memcmp(own, name, len) != 0 || own[len] != '\0') continue;
        if (at > network->file.size || size > network->file.size - at) break;
        return (dateline_str){ (const char *)base + at, (size_t)size };
    }
    return (dateline_str){ NULL, 0 };
}

/* A section of just `size` bytes. */
static const uint8_t *section(loader *load, const char *name, uint64_t size) {
    dateline_str found = find(load->network, load->section_count, name);
    if (found.ptr == NULL || found.len != size) {
        refuse(load, DATELINE_BAD_MODEL);
        return NULL;
    }
    return (const uint8_t *)found.ptr;
}

static void *allocate(loader *load, size_t count, size_t size) {
    void *memory = dln_arena_alloc(&load->network->arena, count, size);
    if (memory == NULL) refuse(load, DATELINE_NO_MEMORY);
    return memory;
}

/* `count` numbers of a section, copied; `room` (at least count) are allocated. */
static uint32_t *u32_section(loader *load, const char *name, size_t count, size_t room) {
    const uint8_t *bytes = section(load, name, (uint64_t)count * 4);
    uint32_t *numbers = allocate(load, room, sizeof *numbers);
    dln_reader reader = dln_reader_of(bytes, bytes == NULL ? 0 : count * 4);
    for (size_t i = 0; numbers != NULL && bytes != NULL && i < count; i++) numbers[i] = dln_reader_u32(&reader);
    return load->status == DATELINE_OK ? numbers : NULL;
}

static int16_t *s16_section(loader *load, const char *name, size_t count) {
    const uint8_t *bytes = section(load, name, (uint64_t)count * 2);
    int16_t *numbers = allocate(load, count, sizeof *numbers);
    dln_reader reader = dln_reader_of(bytes, bytes == NULL ? 0 : count * 2);
    for (size_t i = 0; numbers != NULL && bytes != NULL && i < count; i++)
        numbers[i] = (int16_t)dln_reader_u16(&reader);
    return load->status == DATELINE_OK ? numbers : NULL;
}

/* The name of a matrix's section: "L0.w". */
static const char *named(char out[NAME_SIZE], const char *matrix, char what) {
    size_t len = strlen(matrix);
    memcpy(out, matrix, len);
    out[len] = '.';
    out[len + 1] = what;
    out[len + 2] = '\0';
    return out;
}

/* One or more matrices of the same input, stacked. */
typedef struct {
    const char *name;
    uint32_t rows;
} matrix_part;

static void load_dense(loader *load, dense_layer *dense, const matrix_part *parts, size_t part_count,
                       uint32_t columns) {
    uint32_t rows = 0;
    for (size_t i = 0; i < part_count; i++) rows += parts[i].rows;
    size_t packed_size = dln_matrix_packed_size(rows, columns), room = (size_t)((rows + 15) / 16) * 16;
    int8_t *weights = dln_alloc(rows, columns);
    int8_t *packed = allocate(load, 1, packed_size + 64);
    int32_t *bias = allocate(load, room, sizeof *bias);
    uint8_t *shift = allocate(load, room, 1);
    if (weights == NULL) refuse(load, DATELINE_NO_MEMORY);
    if (shift != NULL) memset(shift, 1, room);
    uint32_t row = 0;
    char name[NAME_SIZE];
    for (size_t i = 0; i < part_count; row += parts[i].rows, i++) {
        const uint8_t *w = section(load, named(name, parts[i].name, 'w'), (uint64_t)parts[i].rows * columns);
        const uint32_t *b = u32_section(load, named(name, parts[i].name, 'b'), parts[i].rows, parts[i].rows);
        const uint8_t *s = section(load, named(name, parts[i].name, 's'), parts[i].rows);
        if (load->status != DATELINE_OK || weights == NULL) break;
        memcpy(weights + (size_t)row * columns, w, (size_t)parts[i].rows * columns);
        for (uint32_t r = 0; r < parts[i].rows; r++) {
            bias[row + r] = (int32_t)b[r];
            shift[row + r] = s[r];
            if (s[r] < 1 || s[r] > MAX_SHIFT || bias[row + r] > 1 << 30 || bias[row + r] < -(1 << 30))
                refuse(load, DATELINE_BAD_MODEL);
        }
    }
    if (load->status == DATELINE_OK) {
        packed += (64 - (uintptr_t)packed % 64) % 64;
        dln_matrix_pack(packed, weights, rows, columns);
        dense->matrix = (dln_matrix){ packed, bias, rows, columns, (rows + 15) / 16, (columns + 3) / 4 };
        dense->shift = shift;
    }
    dln_free(weights);
}

static bool within(uint32_t value, uint32_t low, uint32_t high) {
    return value >= low && value <= high;
}

static void load_config(loader *load) {
    dln_network *network = load->network;
    const uint32_t *c = u32_section(load, "config", CONFIG_COUNT, CONFIG_COUNT);
    if (c == NULL) return;
    network->width = c[0];
    network->layer_count = c[1];
    network->arc_width = c[2];
    network->label_width = c[3];
    network->morphs = c[4];
    network->labels = c[5];
    network->entities = c[6];
    network->bins = c[7];
    network->pairs = c[8];
    network->pair_width = c[9];
    bool good = within(c[0], 16, MAX_WIDTH) && c[0] % 16 == 0 && within(c[1], 1, MAX_LAYERS) &&
                within(c[2], 16, MAX_WIDTH) && c[2] % 16 == 0 && within(c[3], 1, MAX_WIDTH) &&
                within(c[4], 1, MAX_CLASSES) && within(c[5], 2, MAX_CLASSES) && within(c[6], 1, MAX_TAGS) &&
                c[7] == 2 * (BIN_ENDS + 1) + 1 && c[9] <= c[0] && c[9] % 16 == 0 && c[8] <= 1u << 26;
    uint32_t start = 0;
    for (unsigned i = 0; i < PART_COUNT; i++) {
        network->part_start[i] = start;
        network->part_size[i] = c[10 + i];
        good = good && within(c[10 + i], i == PART_KNOWN ? 0 : 1, 1u << 24);
        start += c[10 + i] & 0xFFFFFFu;
    }
    if (!good) refuse(load, DATELINE_BAD_MODEL);
}

static void load_embeddings(loader *load) {
    dln_network *network = load->network;
    uint64_t rows = (uint64_t)network->part_start[PART_RIGHT] + network->part_size[PART_RIGHT];
    network->table = (const int8_t *)section(load, "table", rows * network->width);
    if (network->pairs > 0)
        network->pair_table = (const int8_t *)section(load, "pairs", (uint64_t)network->pairs * network->pair_width);
    const uint32_t *wide = u32_section(load, "tbias", network->width, network->width);
    int16_t *bias = allocate(load, network->width, sizeof *bias);
    for (uint32_t i = 0; wide != NULL && bias != NULL && i < network->width; i++) {
        int32_t value = (int32_t)wide[i];
        if (value > MAX_TABLE_BIAS || value < -MAX_TABLE_BIAS) refuse(load, DATELINE_BAD_MODEL);
        bias[i] = (int16_t)dln_clamp(value, -MAX_TABLE_BIAS, MAX_TABLE_BIAS);
    }
    network->table_bias = bias;
    dateline_str words = find(network, load->section_count, "words");
    network->slot_count = (uint32_t)(words.len / 8);
    if (words.ptr == NULL || words.len % 8 != 0 || words.len / 8 > 1u << 26 || network->slot_count == 0 ||
        (network->slot_count & (network->slot_count - 1)) != 0) {
        refuse(load, DATELINE_BAD_MODEL);
        return;
    }
    network->slots = u32_section(load, "words", (size_t)network->slot_count * 2, (size_t)network->slot_count * 2);
    for (uint32_t i = 0; network->slots != NULL && i < network->slot_count; i++)
        if (network->slots[2 * i + 1] > network->part_size[PART_KNOWN]) refuse(load, DATELINE_BAD_MODEL);
}

static void load_layers(loader *load) {
    dln_network *network = load->network;
    const uint32_t *shapes =
        u32_section(load, "layers", (size_t)network->layer_count * 3, (size_t)network->layer_count * 3);
    for (uint32_t i = 0; shapes != NULL && load->status == DATELINE_OK && i < network->layer_count; i++) {
        stream_layer *layer = &network->layers[i];
        layer->neighbours = shapes[3 * i];
        layer->running = shapes[3 * i + 1];
        layer->distance = shapes[3 * i + 2];
        if (layer->neighbours > network->width || layer->running > network->width || !within(layer->distance, 1, 64)) {
            refuse(load, DATELINE_BAD_MODEL);
            return;
        }
        char name[] = "L0";
        if (i > 9) {
            refuse(load, DATELINE_BAD_MODEL);
            return;
        }
        name[1] = (char)('0' + i);
        uint32_t columns = network->width + 2 * layer->neighbours + 2 * layer->running;
        load_dense(load, &layer->dense, &(matrix_part){ name, network->width }, 1, columns);
    }
}

static void load_heads(loader *load) {
    dln_network *network = load->network;
    const matrix_part parts[HEAD_COUNT] = {
        [HEAD_MORPH] = { "mor", network->morphs },         [HEAD_ENTITY] = { "ner", network->entities },
        [HEAD_QUERY] = { "qry", network->arc_width },      [HEAD_KEY] = { "key", network->arc_width },
        [HEAD_DISTANCE] = { "dis", network->bins },        [HEAD_DEPENDENT] = { "rdp", network->label_width },
        [HEAD_GOVERNOR] = { "rhd", network->label_width },
    };
    uint32_t start = 0;
    for (unsigned i = 0; i < HEAD_COUNT; start += parts[i].rows, i++) {
        network->head_start[i] = start;
        network->head_rows[i] = parts[i].rows;
    }
    load_dense(load, &network->heads, parts, HEAD_COUNT, network->width);
    load_dense(load, &network->label, &(matrix_part){ "rel", network->labels }, 1, network->label_width);
    network->label_bins = s16_section(load, "relbin", (size_t)network->bins * network->label_width);
    if (load->status != DATELINE_OK) return;
    const uint8_t *shift = network->heads.shift + network->head_start[HEAD_DISTANCE];
    for (uint32_t i = 1; i < network->bins; i++)
        if (shift[i] != shift[0]) refuse(load, DATELINE_BAD_MODEL);
}

/* The number of a line in a text section; UINT32_MAX: not there. Counts the lines into *count. */
static uint32_t line_number(dateline_str text, const char *wanted, uint32_t *count) {
    uint32_t found = UINT32_MAX, number = 0;
    for (dateline_str rest = text; rest.ptr != NULL; number++) {
        const char *end = rest.len == 0 ? NULL : memchr(rest.ptr, '\n', rest.len);
        dateline_str line = { rest.ptr, end == NULL ? rest.len : (size_t)(end - rest.ptr) };
        if (found == UINT32_MAX && wanted != NULL && dln_str_is(line, wanted)) found = number;
        rest = end == NULL ? (dateline_str){ NULL, 0 } : (dateline_str){ end + 1, rest.len - line.len - 1 };
    }
    *count = number;
    return found;
}

/* What may follow what among entity tags, from their names: O, B-TYPE, I-TYPE, L-TYPE, U-TYPE. */
static void load_entity_tags(loader *load, dateline_str text) {
    dln_network *network = load->network;
    dateline_str types[MAX_TAGS];
    uint32_t type_count = 0;
    for (uint32_t tag = 0; tag < network->entities; tag++) {
        dateline_str name = dln_str_part(&text, '\n');
        char place = name.len > 0 ? name.ptr[0] : '\0';
        dateline_str type = dln_str_slice(name, 2, name.len);
        uint32_t number = 0;
        while (number < type_count && !dln_str_equal(types[number], type)) number++;
        if (number == type_count) types[type_count++] = type;
        network->entity_type[tag] = (uint8_t)number;
        network->begins[tag] = place == 'O' || place == 'B' || place == 'U';
        network->inside[tag] = place == 'I' || place == 'L';
        network->opens[tag] = place == 'B' || place == 'I';
        if (!network->begins[tag] && !network->inside[tag]) refuse(load, DATELINE_BAD_MODEL);
    }
    if (!network->begins[0] || network->opens[0]) refuse(load, DATELINE_BAD_MODEL); /* O comes first */
}

static void load_names(loader *load) {
    dln_network *network = load->network;
    uint32_t morphs, labels, entities;
    line_number(dln_network_text(network, "morph"), NULL, &morphs);
    network->root_label = line_number(dln_network_text(network, "label"), "root", &labels);
    line_number(dln_network_text(network, "nertag"), NULL, &entities);
    if (morphs != network->morphs || labels != network->labels || entities != network->entities ||
        network->root_label == UINT32_MAX) {
        refuse(load, DATELINE_BAD_MODEL);
        return;
    }
    load_entity_tags(load, dln_network_text(network, "nertag"));
}

static uint32_t section_count_of(const dln_network *network) {
    dln_reader head = dln_reader_of(network->file.data, network->file.size);
    dln_reader_bytes(&head, 12);
    return dln_reader_u32(&head);
}

static void load_head(loader *load) {
    dln_network *network = load->network;
    dln_reader head = dln_reader_of(network->file.data, network->file.size);
    const void *magic = dln_reader_bytes(&head, 8);
    uint32_t version = dln_reader_u32(&head);
    load->section_count = dln_reader_u32(&head);
    uint64_t size = dln_reader_u64(&head);
    network->checksum = dln_reader_u64(&head);
    bool good = head.status == DATELINE_OK && memcmp(magic, MAGIC, 8) == 0 && version == VERSION &&
                size == network->file.size && size >= HEAD_SIZE && (size - HEAD_SIZE) % 32 == 0 &&
                load->section_count <= MAX_SECTIONS && (uint64_t)load->section_count * ENTRY_SIZE <= size - HEAD_SIZE;
    const uint8_t *bytes = network->file.data;
    if (!good || checksum_of(bytes + HEAD_SIZE, network->file.size - HEAD_SIZE) != network->checksum)
        refuse(load, DATELINE_BAD_MODEL);
}

static dateline_status load_all(dln_network *network) {
    loader load = { .network = network };
    void (*const steps[])(loader *) = { load_head, load_config, load_embeddings, load_layers, load_heads, load_names };
    for (size_t i = 0; i < sizeof steps / sizeof *steps && load.status == DATELINE_OK; i++) steps[i](&load);
    const uint32_t ends_wanted = BIN_ENDS;
    if (load.status == DATELINE_OK) {
        const uint32_t *ends = u32_section(&load, "bins", ends_wanted, ends_wanted);
        if (ends != NULL) memcpy(network->bin_ends, ends, sizeof network->bin_ends);
    }
    return load.status;
}

dln_network *dln_network_open(const char *path, const char *kernels, dateline_error *err) {
    const dln_kernels *chosen = dln_kernels_choose(kernels);
    if (chosen == NULL) {
        dln_error_set(err, DATELINE_BAD_ARGUMENT, 0,
                      "kernels '%.40s' are not known or not for this machine: use auto or ref", kernels);
        return NULL;
    }
    dln_network *network = dln_alloc(1, sizeof *network);
    if (network == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_arena_init(&network->arena);
    network->kernels = chosen;
    dateline_status status = dln_file_map(&network->file, path, err);
    if (status != DATELINE_OK) {
        if (err != NULL) err->code = DATELINE_BAD_MODEL;
    } else {
        status = load_all(network);
        if (status == DATELINE_NO_MEMORY) dln_error_memory(err);
        else if (status != DATELINE_OK)
            dln_error_set(err, DATELINE_BAD_MODEL, 0, "%s: damaged, or not a model of this version; install it again",
                          path);
    }
    if (status == DATELINE_OK) return network;
    dln_network_close(network);
    return NULL;
}

void dln_network_close(dln_network *network) {
    if (network == NULL) return;
    dln_arena_release(&network->arena);
    dln_file_unmap(&network->file);
    dln_free(network);
}

dateline_str dln_network_text(const dln_network *network, const char *name) {
    return find(network, section_count_of(network), name);
}

const char *dln_network_kernels(const dln_network *network) {
    return network->kernels->name;
}

uint64_t dln_network_checksum(const dln_network *network) {
    return network->checksum;
}
