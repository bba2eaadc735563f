/* SPDX-License-Identifier: Apache-2.0
 * golden.c: little articles with the records they must give. Usage: golden MODEL_DIR FILE…
 *
 *     == name of the case
 *     date: 2024-03-13            of publication
 *     The text of the article.
 *     --
 *     CONSULT:visit | actor: Ana Rojas <PER GOV> | recipient: Oslo <NOR> | trigger: visited
 *     ! ASSAULT                   no such record
 *     count: 1                    records in all
 *
 * A line names the fields that matter: actor, recipient (`;` between, `none`; <code sector…> if given, - for no code),
 * trigger, date, source (of the date), speaker (`none`), auxiliary (`none`), place, cameo, dead, injured, arrested.
 */
#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    dateline_context *context;
    dateline_doc *doc;
    const char *file;
    dateline_str name;
    unsigned line, failures, cases;
    bool used[256];
} golden;

static dateline_str span_text(const golden *g, dateline_span span) {
    return dln_span_str(dateline_doc_text(g->doc), span);
}

static void print_roles(const golden *g, const char *name, const dateline_role *roles, size_t count) {
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, "%s%.*s <%s", i == 0 ? name : "; ", DLN_STR_ARG(span_text(g, roles[i].span)),
                roles[i].code[0] == '\0' ? "-" : roles[i].code);
        for (uint8_t k = 0; k < roles[i].sector_count; k++) fprintf(stderr, " %s", roles[i].sector[k]);
        fprintf(stderr, ">");
    }
}

static void print_event(const golden *g, const dateline_event *e) {
    char day[DLN_DATE_CHARS];
    dln_date_format(e->date, day);
    fprintf(stderr, "    %.*s", DLN_STR_ARG(e->type));
    for (size_t i = 0; i < e->mode_count; i++) fprintf(stderr, ":%.*s", DLN_STR_ARG(e->modes[i]));
    print_roles(g, " | actor: ", e->actors, e->actor_count);
    print_roles(g, " | recipient: ", e->recipients, e->recipient_count);
    fprintf(stderr, " | trigger: %.*s | date: %s | auxiliary: %u", DLN_STR_ARG(span_text(g, e->text_spans[0])), day,
            (unsigned)e->auxiliary);
    if (e->speaker != NULL) print_roles(g, " | speaker: ", e->speaker, 1);
    const dateline_place *place = dateline_doc_place(g->doc, e->place);
    if (place != NULL) fprintf(stderr, " | place: %.*s", DLN_STR_ARG(span_text(g, place->span)));
    fprintf(stderr, " | cameo: %.*s | %.*s:%u\n", DLN_STR_ARG(e->cameo), DLN_STR_ARG(e->source_file),
            (unsigned)e->source_line);
}

/* 'NOR GOV' against code and sectors; what is not given is not compared. */
static bool codes_fit(const dateline_role *role, dateline_str codes) {
    dateline_str code = dln_str_part(&codes, ' ');
    if (!dln_str_is(code, role->code[0] == '\0' ? "-" : role->code)) return false;
    for (uint8_t i = 0; codes.len > 0; i++) {
        dateline_str sector = dln_str_part(&codes, ' ');
        if (dln_str_is(sector, "-")) return role->sector_count == 0;
        if (i >= role->sector_count || !dln_str_is(sector, role->sector[i])) return false;
    }
    return true;
}

static bool role_fits(const golden *g, const dateline_role *role, dateline_str want) {
    size_t open = dln_str_find(want, DLN_STR("<"), 0);
    dateline_str text = dln_str_trim(dln_str_slice(want, 0, open == SIZE_MAX ? want.len : open));
    if (!dln_str_equal(span_text(g, role->span), text)) return false;
    return open == SIZE_MAX || codes_fit(role, dln_str_slice(want, open + 1, want.len - 1));
}

static bool roles_fit(const golden *g, const dateline_role *roles, size_t count, dateline_str want) {
    size_t wanted = 0;
    if (dln_str_is(want, "none")) return count == 0;
    while (want.len > 0) {
        dateline_str one = dln_str_part(&want, ';');
        bool found = false;
        for (size_t i = 0; i < count; i++) found |= role_fits(g, &roles[i], one);
        if (!found) return false;
        wanted++;
    }
    return wanted == count;
}

static bool auxiliaries_fit(uint32_t bits, dateline_str want) {
    static const char *const names[] = { "historical", "future", "hypothetical", "negation" };
    uint32_t wanted = 0;
    while (want.len > 0) {
        dateline_str one = dln_str_part(&want, ';');
        for (unsigned i = 0; i < 4; i++) wanted |= dln_str_is(one, names[i]) ? 1u << i : 0;
    }
    return bits == wanted;
}

static bool number_fits(int64_t value, dateline_str want) {
    uint64_t number = 0;
    if (dln_str_is(want, "none")) return value == DATELINE_NO_COUNT;
    return dln_str_to_u64(want, &number) && value == (int64_t)number;
}

static bool place_fits(const golden *g, const dateline_event *e, dateline_str want) {
    const dateline_place *place = dateline_doc_place(g->doc, e->place);
    if (place == NULL) return dln_str_is(want, "none");
    return dln_str_equal(span_text(g, place->span), want);
}

static bool field_fits(const golden *g, const dateline_event *e, dateline_str key, dateline_str want) {
    static const char *const sources[] = { "none", "text", "dateline", "publication" };
    char day[DLN_DATE_CHARS];
    dln_date_format(e->date, day);
    if (dln_str_is(key, "actor")) return roles_fit(g, e->actors, e->actor_count, want);
    if (dln_str_is(key, "recipient")) return roles_fit(g, e->recipients, e->recipient_count, want);
    if (dln_str_is(key, "trigger")) return dln_str_equal(span_text(g, e->text_spans[0]), want);
    if (dln_str_is(key, "date")) return dln_str_is(want, day);
    if (dln_str_is(key, "source")) return dln_str_is(want, sources[e->date_source]);
    if (dln_str_is(key, "speaker")) return roles_fit(g, e->speaker, e->speaker != NULL ? 1 : 0, want);
    if (dln_str_is(key, "auxiliary")) return auxiliaries_fit(e->auxiliary, want);
    if (dln_str_is(key, "place")) return place_fits(g, e, want);
    if (dln_str_is(key, "cameo")) return dln_str_equal(e->cameo, want);
    if (dln_str_is(key, "dead")) return number_fits(e->dead, want);
    if (dln_str_is(key, "injured")) return number_fits(e->injured, want);
    if (dln_str_is(key, "arrested")) return number_fits(e->arrested, want);
    fprintf(stderr, "%s:%u: unknown field %.*s\n", g->file, g->line, DLN_STR_ARG(key));
    return false;
}

static bool modes_fit(const dateline_event *e, dateline_str want) {
    size_t wanted = 0;
    while (want.len > 0) {
        dateline_str one = dln_str_part(&want, ':');
        bool found = dln_str_is(one, "-");
        for (size_t i = 0; i < e->mode_count; i++) found |= dln_str_equal(e->modes[i], one);
        if (!found) return false;
        wanted += dln_str_is(one, "-") ? 0 : 1;
    }
    return wanted == e->mode_count;
}

/* Whether an event is what a line describes. 'CONSULT' is any mode, 'CONSULT:-' none. */
static bool event_fits(const golden *g, const dateline_event *e, dateline_str line) {
    dateline_str code = dln_str_part(&line, '|');
    dateline_str type = dln_str_part(&code, ':');
    if (!dln_str_equal(e->type, type) || (code.len > 0 && !modes_fit(e, code))) return false;
    while (line.len > 0) {
        dateline_str want = dln_str_part(&line, '|');
        dateline_str key = dln_str_part(&want, ':');
        if (!field_fits(g, e, key, dln_str_trim(want))) return false;
    }
    return true;
}

static bool find_event(golden *g, dateline_str line, bool take) {
    for (size_t i = 0; dateline_doc_event(g->doc, i) != NULL && i < sizeof g->used; i++) {
        if ((take && g->used[i]) || !event_fits(g, dateline_doc_event(g->doc, i), line)) continue;
        if (take) g->used[i] = true;
        return true;
    }
    return false;
}

static void check_line(golden *g, dateline_str line) {
    bool fine = true;
    if (dln_str_starts(line, DLN_STR("count:"))) {
        uint64_t wanted = 0;
        size_t count = 0;
        dln_str_to_u64(dln_str_trim(dln_str_slice(line, 6, line.len)), &wanted);
        while (dateline_doc_event(g->doc, count) != NULL) count++;
        fine = count == wanted;
    } else if (line.ptr[0] == '!') {
        fine = !find_event(g, dln_str_trim(dln_str_slice(line, 1, line.len)), false);
    } else {
        fine = find_event(g, line, true);
    }
    if (fine) return;
    g->failures++;
    fprintf(stderr, "%s:%u: %.*s: not so: %.*s\n", g->file, g->line, DLN_STR_ARG(g->name), DLN_STR_ARG(line));
    for (size_t i = 0; dateline_doc_event(g->doc, i) != NULL; i++) print_event(g, dateline_doc_event(g->doc, i));
}

static void read_case(golden *g, dateline_str date, dateline_str text) {
    dateline_error err;
    dateline_input input = DATELINE_INPUT_INIT;
    input.text = text;
    input.date = dateline_date_parse(date);
    dateline_doc_free(g->doc);
    g->doc = dateline_read(g->context, &input, &err);
    memset(g->used, 0, sizeof g->used);
    g->cases++;
    if (g->doc == NULL) exit(2);
}

static void check_file(golden *g, dateline_str rest) {
    dateline_str date = { NULL, 0 }, text = { NULL, 0 };
    bool expecting = false;
    for (g->line = 1; rest.ptr != NULL; g->line++) {
        dateline_str line = dln_str_part(&rest, '\n');
        if (dln_str_starts(line, DLN_STR("== "))) {
            g->name = dln_str_slice(line, 3, line.len);
            text = (dateline_str){ NULL, 0 };
            expecting = false;
        } else if (!expecting && dln_str_starts(line, DLN_STR("date:"))) {
            date = dln_str_trim(dln_str_slice(line, 5, line.len));
        } else if (!expecting && dln_str_is(line, "--")) {
            read_case(g, date, dln_str_trim(text));
            expecting = true;
        } else if (expecting) {
            if (line.len > 0 && line.ptr[0] != '#') check_line(g, line);
        } else if (line.len > 0 || text.ptr != NULL) {
            if (text.ptr == NULL) text.ptr = line.ptr;
            text.len = (size_t)(line.ptr + line.len - text.ptr);
        }
    }
}

int main(int argc, char **argv) {
    dateline_error err = { .what = "" };
    dateline_engine_options options = DATELINE_ENGINE_OPTIONS_INIT;
    options.model_dir = argc > 1 ? argv[1] : NULL;
    dateline_engine *engine = dateline_engine_new(&options, &err);
    golden g = { .context = engine == NULL ? NULL : dateline_context_new(engine, &err) };
    for (int i = 2; i < argc && g.context != NULL; i++) {
        dln_file file;
        if (dln_file_map(&file, argv[i], &err) != DATELINE_OK) break;
        g.file = argv[i];
        check_file(&g, (dateline_str){ file.data, file.size });
        dln_file_unmap(&file);
    }
    if (err.what[0] != '\0') fprintf(stderr, "%s\n", err.what);
    fprintf(stderr, "%u cases, %u lines not met\n", g.cases, g.failures);
    dateline_doc_free(g.doc);
    dateline_context_free(g.context);
    dateline_engine_free(engine);
    return g.failures == 0 && g.cases > 0 && err.what[0] == '\0' ? 0 : 1;
}
