/* SPDX-License-Identifier: Apache-2.0
 * compile.c: a draft becomes an image; later layers replace or remove entries of earlier ones. */
#include "lexicon_internal.h"

/* ---------------------------------------------------------------- layers */

/* What makes two entries the same: kind, first phrase and, unless `any_term`, the day they hold from. */
static dateline_str identity(dln_draft *draft, const dln_draft_entry *entry, bool any_term) {
    dateline_str parts[] = { entry->kind, dln_draft_phrase(draft, entry, 0),
                             any_term ? DLN_STR("*") : dln_draft_value_of(draft, entry, "from") };
    size_t len = parts[0].len + parts[1].len + parts[2].len + 2;
    char *text = dln_arena_alloc(&draft->arena, 1, len), *at = text;
    for (size_t i = 0; text != NULL && i < 3; i++) {
        if (i > 0) *at++ = '\n';
        if (parts[i].len > 0) memcpy(at, parts[i].ptr, parts[i].len);
        at += parts[i].len;
    }
    return (dateline_str){ text, text == NULL ? 0 : len };
}

static bool is_removal(const dln_draft *draft, const dln_draft_entry *entry) {
    return dln_str_is(dln_draft_value_of(draft, entry, "action"), "remove");
}

/* A removal without `from` takes all terms of its name away. */
static bool removes_all_terms(const dln_draft *draft, const dln_draft_entry *entry) {
    return is_removal(draft, entry) && dln_draft_value_of(draft, entry, "from").ptr == NULL;
}

static bool is_overridden(dln_draft *draft, const dln_map *last_layers, const dln_draft_entry *entry) {
    for (int any_term = 0; any_term < 2; any_term++) {
        const uint32_t *layer = dln_map_get(last_layers, identity(draft, entry, any_term != 0));
        if (layer != NULL && *layer > entry->layer) return true;
    }
    return false;
}

static dateline_status apply_layers(dln_draft *draft) {
    dln_map last_layers; /* identity to the last layer that has it */
    dln_map_init(&last_layers);
    for (size_t i = 0; i < draft->entries.count; i++) {
        const dln_draft_entry *entry = dln_draft_entry_at(draft, i);
        uint32_t *layer = dln_map_put(&last_layers, identity(draft, entry, removes_all_terms(draft, entry)), NULL);
        if (layer == NULL) break;
        *layer = entry->layer;
    }
    for (size_t i = 0; last_layers.status == DATELINE_OK && i < draft->entries.count; i++) {
        dln_draft_entry *entry = dln_draft_entry_at(draft, i);
        entry->dropped = is_removal(draft, entry) || is_overridden(draft, &last_layers, entry);
    }
    dateline_status status = last_layers.status;
    dln_map_release(&last_layers);
    return status == DATELINE_OK ? dln_draft_status(draft) : status;
}

/* ---------------------------------------------------------------- image */

typedef struct {
    const dln_draft *draft;
    dln_map kinds;    /* name to number, in order of appearance */
    dln_map strings;  /* string to offset in the pool */
    dln_array order;  /* uint32_t: draft entries, sorted by kind */
    dln_array counts; /* uint32_t: entries of each kind */
    dln_buf kind_part, entry_part, phrase_part, value_part, pool, folded;
    uint32_t entry_count, phrase_count, value_count;
} image_writer;

static void write_string(image_writer *writer, dln_buf *part, dateline_str text) {
    bool is_new;
    uint32_t *offset = dln_map_put(&writer->strings, text, &is_new);
    if (offset != NULL && is_new) {
        *offset = (uint32_t)writer->pool.len;
        dln_buf_add(&writer->pool, text);
    }
    dln_buf_add_u32(part, offset == NULL ? 0 : *offset);
    dln_buf_add_u32(part, (uint32_t)text.len);
}

/* Folded words go into the pool as they are: they are seldom equal to another string. */
static void write_phrase(image_writer *writer, dateline_str phrase) {
    uint64_t capitals;
    write_string(writer, &writer->phrase_part, phrase);
    dln_buf_clear(&writer->folded);
    uint32_t words = dln_words_fold(&writer->folded, phrase, &capitals);
    if (writer->folded.status != DATELINE_OK) writer->pool.status = writer->folded.status;
    size_t before = writer->pool.len;
    if (words > 0) dln_buf_add(&writer->pool, dln_buf_str(&writer->folded));
    dln_buf_add_u32(&writer->phrase_part, (uint32_t)before);
    dln_buf_add_u32(&writer->phrase_part, (uint32_t)(writer->pool.len - before));
    dln_buf_add_u64(&writer->phrase_part, capitals);
}

static void write_entry(image_writer *writer, const dln_draft_entry *entry) {
    write_string(writer, &writer->entry_part, entry->file_name);
    dln_buf_add_u32(&writer->entry_part, entry->line);
    dln_buf_add_u32(&writer->entry_part, writer->phrase_count);
    dln_buf_add_u32(&writer->entry_part, entry->phrase_count);
    dln_buf_add_u32(&writer->entry_part, writer->value_count);
    dln_buf_add_u32(&writer->entry_part, entry->value_count);
    dln_buf_add_u32(&writer->entry_part, entry->layer);
    for (uint32_t i = 0; i < entry->phrase_count; i++) write_phrase(writer, dln_draft_phrase(writer->draft, entry, i));
    for (uint32_t i = 0; i < entry->value_count; i++) {
        const dln_draft_value *value = dln_draft_value_at(writer->draft, entry, i);
        write_string(writer, &writer->value_part, value->key);
        write_string(writer, &writer->value_part, value->value);
    }
    writer->entry_count++;
    writer->phrase_count += entry->phrase_count;
    writer->value_count += entry->value_count;
}

/* Counting sort: kinds in order of appearance, inside a kind the reading order. */
static bool sort_by_kind(image_writer *writer) {
    const dln_draft *draft = writer->draft;
    for (size_t i = 0; i < draft->entries.count; i++) {
        bool is_new;
        const dln_draft_entry *entry = dln_draft_entry_at(draft, i);
        if (entry->dropped) continue;
        uint32_t *number = dln_map_put(&writer->kinds, entry->kind, &is_new);
        if (number == NULL || (is_new && dln_array_add(&writer->counts) == NULL)) return false;
        if (is_new) *number = (uint32_t)writer->counts.count - 1;
        ((uint32_t *)writer->counts.items)[*number]++;
    }
    dln_array starts;
    dln_array_init(&starts, sizeof(uint32_t));
    uint32_t total = 0;
    for (size_t k = 0; k < writer->counts.count; k++) {
        dln_array_push(&starts, &total);
        total += ((uint32_t *)writer->counts.items)[k];
    }
    bool ok = starts.status == DATELINE_OK && dln_array_resize(&writer->order, total);
    for (size_t i = 0; ok && i < draft->entries.count; i++) {
        const dln_draft_entry *entry = dln_draft_entry_at(draft, i);
        if (entry->dropped) continue;
        uint32_t *start = (uint32_t *)starts.items + *dln_map_get(&writer->kinds, entry->kind);
        ((uint32_t *)writer->order.items)[(*start)++] = (uint32_t)i;
    }
    dln_array_release(&starts);
    return ok;
}

static void write_kinds(image_writer *writer) {
    uint32_t first = 0;
    const dln_map_entry *kinds = writer->kinds.entries.items;
    for (size_t k = 0; k < writer->counts.count; k++) {
        uint32_t count = ((uint32_t *)writer->counts.items)[k];
        write_string(writer, &writer->kind_part, kinds[k].key);
        dln_buf_add_u32(&writer->kind_part, first);
        dln_buf_add_u32(&writer->kind_part, count);
        first += count;
    }
}

static void assemble(image_writer *writer, dln_buf *image) {
    const dln_buf *parts[] = { &writer->kind_part, &writer->entry_part, &writer->phrase_part, &writer->value_part,
                               &writer->pool };
    dln_buf body;
    dln_buf_init(&body);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        dln_buf_add(&body, dln_buf_str(parts[i]));
        if (parts[i]->status != DATELINE_OK) body.status = parts[i]->status;
    }
    dln_buf_add_bytes(image, DLN_LEXICON_MAGIC, 8);
    dln_buf_add_u32(image, DLN_LEXICON_VERSION);
    dln_buf_add_u32(image, (uint32_t)writer->counts.count);
    dln_buf_add_u32(image, writer->entry_count);
    dln_buf_add_u32(image, writer->phrase_count);
    dln_buf_add_u32(image, writer->value_count);
    dln_buf_add_u32(image, (uint32_t)writer->pool.len);
    dln_buf_add_u64(image, dln_checksum(body.ptr, body.len));
    dln_buf_add(image, dln_buf_str(&body));
    if (body.status != DATELINE_OK) image->status = body.status;
    dln_buf_release(&body);
}

static void writer_init(image_writer *writer, const dln_draft *draft) {
    *writer = (image_writer){ .draft = draft }; /* an all-zero buffer is an empty one */
    dln_map_init(&writer->kinds);
    dln_map_init(&writer->strings);
    dln_array_init(&writer->order, sizeof(uint32_t));
    dln_array_init(&writer->counts, sizeof(uint32_t));
}

static void writer_release(image_writer *writer) {
    dln_map_release(&writer->kinds);
    dln_map_release(&writer->strings);
    dln_array_release(&writer->order);
    dln_array_release(&writer->counts);
    dln_buf *parts[] = { &writer->kind_part,  &writer->entry_part, &writer->phrase_part,
                         &writer->value_part, &writer->pool,       &writer->folded };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) dln_buf_release(parts[i]);
}

dateline_status dln_draft_compile(dln_draft *draft, dln_buf *image, dateline_error *err) {
    image_writer writer;
    writer_init(&writer, draft);
    bool ok = apply_layers(draft) == DATELINE_OK && sort_by_kind(&writer);
    if (ok) {
        write_kinds(&writer);
        for (uint32_t i = 0; i < writer.order.count; i++) {
            dln_draft_entry *entry = dln_draft_entry_at(draft, ((uint32_t *)writer.order.items)[i]);
            entry->number = i;
            write_entry(&writer, entry);
        }
        assemble(&writer, image);
        ok = writer.strings.status == DATELINE_OK && image->status == DATELINE_OK;
    }
    bool too_large = writer.pool.len > UINT32_MAX;
    writer_release(&writer);
    if (too_large) return dln_error_set(err, DATELINE_BAD_LEXICON, 0, "lexicons hold more than 4 GiB of text");
    return ok ? DATELINE_OK : dln_error_memory(err);
}
