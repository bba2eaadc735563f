/* SPDX-License-Identifier: Apache-2.0
 * engine.c: the conductor. Loads model and lexicons, calls each stage in order; the only file that knows them all. */
#include "event/event.h"
#include "split/split.h"

#ifndef DATELINE_MODEL_DIR
#define DATELINE_MODEL_DIR "models"
#endif
#define COMPILED_LEXICON "/en.lexicon"

const char *dateline_version(void) {
    return DATELINE_VERSION;
}

enum { FACT_COUNT = 6 };

struct dateline_engine {
    dln_arena arena;
    dln_lexicon *lexicon;
    dln_marker *marker;
    dln_splitter *splitter;
    dln_tagger *tagger;
    dln_resolver *resolver;
    dln_quoter *quoter;
    dln_coder *coder;
    dateline_fact facts[FACT_COUNT];
};

struct dateline_context {
    const dateline_engine *engine;
    dln_arena scratch; /* emptied before each stage */
};

static const char *joined(dln_arena *arena, const char *a, const char *b) {
    size_t a_len = strlen(a), b_len = strlen(b);
    char *text = dln_arena_alloc(arena, 1, a_len + b_len + 1);
    if (text == NULL) return NULL;
    memcpy(text, a, a_len);
    memcpy(text + a_len, b, b_len);
    return text;
}

static const char *decimal(dln_arena *arena, uint64_t value) {
    dln_buf buf;
    dln_buf_init(&buf);
    dln_buf_add_format(&buf, "%llu", (unsigned long long)value);
    dateline_str text = dln_arena_str(arena, dln_buf_str(&buf));
    dln_buf_release(&buf);
    return text.ptr;
}

static const char *hexadecimal(dln_arena *arena, uint64_t value) {
    dln_buf buf;
    dln_buf_init(&buf);
    dln_buf_add_format(&buf, "%016llx", (unsigned long long)value);
    dateline_str text = dln_arena_str(arena, dln_buf_str(&buf));
    dln_buf_release(&buf);
    return text.ptr;
}

static void state_facts(dateline_engine *engine, const char *model_dir) {
    const dateline_fact facts[FACT_COUNT] = {
        { "version", DATELINE_VERSION },
        { "kernels", dln_tagger_kernels(engine->tagger) },
        { "model directory", joined(&engine->arena, model_dir, "") },
        { "model", dln_tagger_version(engine->tagger) },
        { "lexicon entries", decimal(&engine->arena, dln_lexicon_count(engine->lexicon)) },
        { "lexicon checksum", hexadecimal(&engine->arena, dln_lexicon_checksum(engine->lexicon)) },
    };
    memcpy(engine->facts, facts, sizeof facts);
}

static bool load_rooms(dateline_engine *engine, const char *model_dir, const dateline_engine_options *options,
                       dateline_error *err) {
    const char *compiled = joined(&engine->arena, model_dir, COMPILED_LEXICON);
    if (compiled == NULL) {
        dln_error_memory(err);
        return false;
    }
    engine->lexicon = dln_lexicon_load(compiled, options->lexicons, options->lexicon_count, err);
    if (engine->lexicon == NULL) return false;
    engine->marker = dln_marker_new(engine->lexicon, err);
    if (engine->marker == NULL) return false;
    engine->splitter = dln_splitter_new(engine->lexicon, err);
    if (engine->splitter == NULL) return false;
    engine->tagger = dln_tagger_new(model_dir, options->kernels, err);
    if (engine->tagger == NULL) return false;
    engine->resolver = dln_resolver_new(engine->lexicon, err);
    if (engine->resolver == NULL) return false;
    if (dln_resolver_open_gazetteer(engine->resolver, model_dir, err) != DATELINE_OK) return false;
    engine->quoter = dln_quoter_new(engine->lexicon, err);
    if (engine->quoter == NULL) return false;
    engine->coder = dln_coder_new(engine->lexicon, engine->resolver, err);
    return engine->coder != NULL;
}

dateline_engine *dateline_engine_new(const dateline_engine_options *options, dateline_error *err) {
    const dateline_engine_options defaults = DATELINE_ENGINE_OPTIONS_INIT;
    if (options == NULL) options = &defaults;
    if (options->size != sizeof *options) {
        dln_error_set(err, DATELINE_BAD_ARGUMENT, 0,
                      "dateline_engine_options: start from DATELINE_ENGINE_OPTIONS_INIT");
        return NULL;
    }
    dateline_engine *engine = dln_alloc(1, sizeof *engine);
    if (engine == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    dln_arena_init(&engine->arena);
    const char *model_dir = options->model_dir == NULL ? DATELINE_MODEL_DIR : options->model_dir;
    bool loaded = load_rooms(engine, model_dir, options, err);
    if (loaded) state_facts(engine, model_dir);
    if (loaded && engine->arena.status != DATELINE_OK) {
        dln_error_memory(err);
        loaded = false;
    }
    if (loaded) return engine;
    dateline_engine_free(engine);
    return NULL;
}

void dateline_engine_free(dateline_engine *engine) {
    if (engine == NULL) return;
    dln_coder_free(engine->coder);
    dln_quoter_free(engine->quoter);
    dln_resolver_free(engine->resolver);
    dln_tagger_free(engine->tagger);
    dln_splitter_free(engine->splitter);
    dln_marker_free(engine->marker);
    dln_lexicon_free(engine->lexicon);
    dln_arena_release(&engine->arena);
    dln_free(engine);
}

const dateline_fact *dateline_engine_fact(const dateline_engine *engine, size_t i) {
    return i < FACT_COUNT ? &engine->facts[i] : NULL;
}

dateline_context *dateline_context_new(const dateline_engine *engine, dateline_error *err) {
    dateline_context *context = dln_alloc(1, sizeof *context);
    if (context == NULL) {
        dln_error_memory(err);
        return NULL;
    }
    context->engine = engine;
    dln_arena_init(&context->scratch);
    return context;
}

void dateline_context_free(dateline_context *context) {
    if (context == NULL) return;
    dln_arena_release(&context->scratch);
    dln_free(context);
}

static dateline_status run_stage(dateline_context *context, dateline_stage stage, dateline_doc *doc,
                                 dateline_error *err) {
    const dateline_engine *engine = context->engine;
    dln_arena *scratch = &context->scratch;
    dln_arena_clear(scratch);
    switch (stage) {
    case DATELINE_STAGE_DOCUMENT: return dln_document_mark(engine->marker, scratch, doc, err);
    case DATELINE_STAGE_SPLIT: return dln_split(engine->splitter, scratch, doc, err);
    case DATELINE_STAGE_TAG: return dln_tag(engine->tagger, scratch, doc, err);
    case DATELINE_STAGE_RESOLVE: return dln_resolve(engine->resolver, scratch, doc, err);
    case DATELINE_STAGE_QUOTE: return dln_quote(engine->quoter, scratch, doc, err);
    case DATELINE_STAGE_EVENT: return dln_code(engine->coder, scratch, doc, err);
    case DATELINE_STAGE_NONE: break;
    }
    return DATELINE_OK;
}

static dateline_doc *run_stages(dateline_context *context, dateline_stage first, dateline_stage last, dateline_doc *doc,
                                dateline_error *err) {
    if (last == DATELINE_STAGE_NONE) last = DATELINE_STAGE_EVENT;
    dateline_status status = doc == NULL ? DATELINE_NO_MEMORY : DATELINE_OK; /* err is set already */
    for (int stage = (int)first; status == DATELINE_OK && stage <= (int)last; stage++) {
        status = run_stage(context, (dateline_stage)stage, doc, err);
        if (status == DATELINE_OK && dln_document_status(doc) != DATELINE_OK) status = dln_error_memory(err);
    }
    if (status == DATELINE_OK) return doc;
    dateline_doc_free(doc);
    return NULL;
}

static bool check_input(const dateline_context *context, const dateline_input *input, dateline_error *err) {
    if (context != NULL && input != NULL && input->size == sizeof *input) return true;
    dln_error_set(err, DATELINE_BAD_ARGUMENT, 0, "dateline_input: start from DATELINE_INPUT_INIT");
    return false;
}

dateline_doc *dateline_read(dateline_context *context, const dateline_input *input, dateline_error *err) {
    if (!check_input(context, input, err)) return NULL;
    return run_stages(context, DATELINE_STAGE_DOCUMENT, input->until, dln_document_new(input, err), err);
}

dateline_doc *dateline_read_tokens(dateline_context *context, const dateline_input *input,
                                   const dateline_given_token *tokens, size_t token_count, dateline_error *err) {
    if (!check_input(context, input, err)) return NULL;
    dateline_doc *doc = dln_document_new_tokens(input, tokens, token_count, err);
    return run_stages(context, DATELINE_STAGE_TAG, input->until, doc, err);
}

/* ---------------------------------------------------------------- lexicons under check */

/* An engine on the lexicons under check, with the tagger of another; made when the first example asks for it. */
typedef struct {
    const dateline_engine *base;
    dateline_engine engine;
    dateline_context *context;
    bool tried;
} checker;

static bool open_checker(checker *check, const dln_lexicon *lexicon) {
    dateline_engine *engine = &check->engine;
    if (check->tried) return check->context != NULL;
    check->tried = true;
    engine->tagger = check->base->tagger;
    engine->marker = dln_marker_new(lexicon, NULL);
    engine->splitter = dln_splitter_new(lexicon, NULL);
    engine->resolver = dln_resolver_new(lexicon, NULL);
    engine->quoter = dln_quoter_new(lexicon, NULL);
    engine->coder = dln_coder_new(lexicon, engine->resolver, NULL);
    bool whole = engine->marker && engine->splitter && engine->resolver && engine->quoter && engine->coder;
    if (whole) check->context = dateline_context_new(engine, NULL);
    return check->context != NULL;
}

static void close_checker(checker *check) {
    dateline_context_free(check->context);
    dln_coder_free(check->engine.coder);
    dln_quoter_free(check->engine.quoter);
    dln_resolver_free(check->engine.resolver);
    dln_splitter_free(check->engine.splitter);
    dln_marker_free(check->engine.marker);
}

/* Reads the example sentence. A coder that a faulty entry keeps from being made is that entry's finding alone. */
static bool judge_example(void *user, const dln_lexicon *lexicon, uint32_t entry, uint32_t i, char *why,
                          size_t why_size) {
    checker *check = user;
    if (i == 0 && !dln_patterns_hold(lexicon, entry, why, why_size)) return false;
    if (!open_checker(check, lexicon)) return true;
    dateline_input input = DATELINE_INPUT_INIT;
    dln_buf text;
    dln_buf_init(&text);
    dln_example_text(lexicon, entry, i, &text);
    input.text = dln_buf_str(&text);
    input.date = (dateline_date){ 2024, 3, 12 };
    input.running_text = true;
    dateline_doc *doc = dateline_read(check->context, &input, NULL);
    bool holds = doc == NULL || dln_example_holds(lexicon, entry, i, doc, why, why_size);
    dateline_doc_free(doc);
    dln_buf_release(&text);
    return holds;
}

dateline_status dateline_lexicon_check(const dateline_engine *engine, const char *const *paths, size_t path_count,
                                       dateline_report_fn *report, void *user, dateline_error *err) {
    checker check = { .base = engine };
    const dln_lexicon *base = engine == NULL ? NULL : engine->lexicon;
    dateline_status status =
        dln_lexicon_check(base, paths, path_count, engine == NULL ? NULL : judge_example, &check, report, user, err);
    close_checker(&check);
    return status;
}
