/* SPDX-License-Identifier: Apache-2.0
 * quote.c: the stage: each report ('X said …', '…, X said', 'according to X') with its content, its speaker and the
 * quotation marks inside it becomes a quotation; then first persons are bound. */
#include "quote/quote_internal.h"

#include <stdlib.h>

static bool is_rel(const quoting *q, uint32_t token, const char *deprel) {
    return dln_token_is_rel(dln_doc_token(q->doc, token), deprel);
}

/* Verbs are known by their lemma, phrases by the form of their first word. */
static bool is_cue(const quoting *q, uint32_t token, const char *kind) {
    dateline_str word = strcmp(kind, "verb") == 0 ? dln_doc_token(q->doc, token)->lemma : dln_token_form(q->doc, token);
    char space[64], *end = space;
    dateline_str parts[] = { dateline_str_from(kind), DLN_STR(":"), word };
    if (word.len > 40) return false;
    for (size_t i = 0; i < 3; i++) memcpy(end, parts[i].ptr, parts[i].len), end += parts[i].len;
    for (char *c = space; c < end; c++) *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    return dln_map_get(&q->quoter->cues, (dateline_str){ space, (size_t)(end - space) }) != NULL;
}

/* ---------------------------------------------------------------- who */

/* The subject nearest before the verb: of two, the first belongs to the clause that is reported. */
static uint32_t nearest_subject(const dln_tree *tree, uint32_t verb) {
    uint32_t found = DATELINE_NO_INDEX;
    for (uint32_t i = tree->first_child[verb]; i != DATELINE_NO_INDEX; i = tree->next[i]) {
        bool subject = dln_token_is_rel(dln_doc_token(tree->doc, i), "nsubj");
        if (subject && (found == DATELINE_NO_INDEX || i < verb)) found = i;
    }
    if (found == DATELINE_NO_INDEX) return found;
    uint32_t joined = dln_tree_child(tree, found, "conj"); /* taken for a pair: 'Y attacked Z, X said' */
    bool pair = joined != DATELINE_NO_INDEX && tree->right[joined] + 1 == verb &&
                dln_tree_child(tree, joined, "cc") == DATELINE_NO_INDEX &&
                dln_tree_child(tree, verb, "ccomp") != DATELINE_NO_INDEX;
    return pair ? joined : found;
}

/* '"It is wrong," the minister said': the noun right before the verb, tied into what is said. */
static uint32_t stray_subject(const dln_tree *tree, uint32_t verb) {
    uint32_t noun = verb == 0 ? DATELINE_NO_INDEX : verb - 1;
    for (int step = 0; step < 8 && noun != DATELINE_NO_INDEX; step++) {
        const dateline_token *t = dln_doc_token(tree->doc, noun);
        if (tree->right[noun] + 1 != verb || t->head == DATELINE_NO_INDEX) return DATELINE_NO_INDEX;
        if (dln_token_is_rel(t, "nsubj") && t->head < tree->left[noun]) return noun;
        noun = t->head < verb ? t->head : DATELINE_NO_INDEX;
    }
    return DATELINE_NO_INDEX;
}

/* The subject of a verb of saying, or in a passive the phrase with 'by'; through 'who said' and shared subjects. */
static uint32_t speaker_of(const quoting *q, uint32_t verb) {
    const dln_tree *tree = &q->tree;
    for (int step = 0; step < 4; step++) {
        uint32_t subject = nearest_subject(tree, verb);
        if (subject == DATELINE_NO_INDEX) subject = stray_subject(tree, verb);
        const dateline_token *t = dln_doc_token(q->doc, verb);
        if (subject != DATELINE_NO_INDEX) {
            bool passive = dln_str_is(dln_doc_token(q->doc, subject)->deprel, "nsubj:pass");
            if (passive) return dln_tree_child(tree, verb, "obl:agent");
            bool who = dln_word_is(dln_doc_token(q->doc, subject)->lemma, "who") ||
                       dln_word_is(dln_doc_token(q->doc, subject)->lemma, "which");
            return who && dln_str_is(t->deprel, "acl:relcl") ? t->head : subject;
        }
        if (t->head == DATELINE_NO_INDEX) return t->head;
        if (is_rel(q, verb, "acl")) return t->head;
        if (!is_rel(q, verb, "conj") && !is_rel(q, verb, "advcl") && !is_rel(q, verb, "xcomp")) break;
        verb = t->head;
    }
    return DATELINE_NO_INDEX;
}

/* The phrase that names the speaker: its mention, or the words around the head that describe it. */
static dateline_span speaker_span(const quoting *q, uint32_t head) {
    if (q->mention_of[head] != 0) return dln_doc_mention(q->doc, q->mention_of[head] - 1)->span;
    uint32_t first = head, last = head;
    for (uint32_t i = q->tree.first_child[head]; i != DATELINE_NO_INDEX; i = q->tree.next[i]) {
        bool inside =
            is_rel(q, i, "compound") || is_rel(q, i, "amod") || is_rel(q, i, "flat") || is_rel(q, i, "nmod:poss");
        if (inside && q->tree.left[i] < first) first = q->tree.left[i];
        if (inside && q->tree.right[i] > last) last = q->tree.right[i];
    }
    return (dateline_span){ dln_doc_token(q->doc, first)->span.begin, dln_doc_token(q->doc, last)->span.end };
}

static uint32_t entity_of(const quoting *q, uint32_t head) {
    return q->mention_of[head] == 0 ? DATELINE_NO_INDEX : dln_doc_mention(q->doc, q->mention_of[head] - 1)->entity;
}

static bool is_media(const quoting *q, uint32_t head) {
    uint32_t entity = head == DATELINE_NO_INDEX ? head : entity_of(q, head);
    if (entity == DATELINE_NO_INDEX) return false;
    const dateline_entity *e = dln_doc_entity(q->doc, entity);
    return e->sector_count > 0 && strcmp(e->sector[0], "JRN") == 0;
}

/* 'he told Izvestia': the outlet stands as object; 'state radio said': as subject. */
static dateline_str outlet_of(const quoting *q, uint32_t verb, uint32_t speaker) {
    uint32_t told = dln_tree_child(&q->tree, verb, "obj");
    if (told == DATELINE_NO_INDEX) told = dln_tree_child(&q->tree, verb, "iobj");
    uint32_t outlet = is_media(q, told) ? told : is_media(q, speaker) ? speaker : DATELINE_NO_INDEX;
    if (outlet == DATELINE_NO_INDEX) return (dateline_str){ NULL, 0 };
    return dln_span_str(q->doc->text, speaker_span(q, outlet));
}

/* ---------------------------------------------------------------- what */

/* First to last token of a report's content; first > last: none. */
typedef struct {
    uint32_t first, last;
} range;

static bool is_punct(const quoting *q, uint32_t token) {
    return dln_doc_token(q->doc, token)->upos == DATELINE_UPOS_PUNCT;
}

/* Takes commas and the word 'that' off both ends; quotation marks stay. */
static range trimmed(const quoting *q, range r) {
    while (r.first < r.last && (dln_quote_mark(q, r.first) == MARK_NONE) &&
           (is_punct(q, r.first) ||
            (is_rel(q, r.first, "mark") && dln_word_is(dln_doc_token(q->doc, r.first)->lemma, "that")))) {
        r.first++;
    }
    while (r.last > r.first && is_punct(q, r.last) && dln_quote_mark(q, r.last) == MARK_NONE) r.last--;
    return r;
}

/* The tree below `top` less what hangs on `cut`, which stands at one of its ends or inside. */
static range without(const quoting *q, uint32_t top, uint32_t cut) {
    range r = { q->tree.left[top], q->tree.right[top] };
    uint32_t left = q->tree.left[cut], right = q->tree.right[cut];
    if (left <= r.first && right < r.last) r.first = right + 1;
    else if (right >= r.last || (right + 1 == r.last && is_punct(q, r.last)))
        r.last = left > r.first ? left - 1 : r.first;
    else if (left <= r.first + 1 && right < r.last) r.first = right + 1;
    return r;
}

static range content_of(const quoting *q, uint32_t verb) {
    for (uint32_t i = q->tree.first_child[verb]; i != DATELINE_NO_INDEX; i = q->tree.next[i]) {
        bool clause = is_rel(q, i, "ccomp") || (is_rel(q, i, "parataxis") && !is_cue(q, i, "verb"));
        if (!clause) continue;
        range r = { q->tree.left[i], q->tree.right[i] };
        if (r.first < verb && r.last > verb) r = without(q, i, verb);
        return trimmed(q, r);
    }
    uint32_t head = dln_doc_token(q->doc, verb)->head; /* 'X did it, Y said', the verbs tied the wrong way round */
    bool tied = is_rel(q, verb, "ccomp") ||
                (is_rel(q, verb, "conj") && dln_tree_child(&q->tree, verb, "cc") == DATELINE_NO_INDEX);
    bool subject = dln_tree_child(&q->tree, verb, "nsubj") != DATELINE_NO_INDEX ||
                   stray_subject(&q->tree, verb) != DATELINE_NO_INDEX;
    bool behind = tied && subject && head != DATELINE_NO_INDEX && head < verb && !is_cue(q, head, "verb");
    if (is_rel(q, verb, "parataxis") || behind) return trimmed(q, without(q, dln_doc_token(q->doc, verb)->head, verb));
    return (range){ 1, 0 };
}

/* A quotation in marks beside the verb, in its sentence: what 'he said' without a clause speaks of. */
static range marked_beside(const quoting *q, const dateline_sentence *s) {
    const marked *all = q->marked.items;
    uint32_t end = s->first_token + s->token_count;
    for (size_t i = q->next_marked; i < q->marked.count && all[i].first < end; i++) {
        if (all[i].last >= s->first_token) return (range){ all[i].first, all[i].last };
    }
    return (range){ 1, 0 };
}

/* How the marks lie to the content. A quotation whose marks hold all of it is the marked text itself. */
static dateline_quote_kind kind_of(quoting *q, range *r) {
    marked *all = q->marked.items;
    bool some = false;
    for (size_t i = q->next_marked; i < q->marked.count && all[i].first <= r->last; i++) {
        if (all[i].last < r->first) continue;
        all[i].taken = true;
        some = true;
        if (all[i].first <= r->first && all[i].last + 1 >= r->last) {
            *r = (range){ all[i].first, all[i].last };
            return DATELINE_QUOTE_DIRECT;
        }
    }
    return some ? DATELINE_QUOTE_MIXED : DATELINE_QUOTE_INDIRECT;
}

static dateline_span token_span(const quoting *q, uint32_t first, uint32_t last) {
    return (dateline_span){ dln_doc_token(q->doc, first)->span.begin, dln_doc_token(q->doc, last)->span.end };
}

static void add_quote(quoting *q, range content, uint32_t speaker, dateline_span cue, dateline_str outlet) {
    dateline_quote *out = dln_array_add(&q->doc->quotes);
    if (out == NULL) return;
    out->kind = kind_of(q, &content);
    out->span = token_span(q, content.first, content.last);
    out->speaker_entity = DATELINE_NO_INDEX;
    out->cue = cue;
    out->outlet = dln_arena_str(&q->doc->arena, outlet);
    if (outlet.len == 0) out->outlet = (dateline_str){ NULL, 0 };
    if (speaker == DATELINE_NO_INDEX) return;
    out->speaker = speaker_span(q, speaker);
    out->speaker_entity = entity_of(q, speaker);
}

static bool stands_outside(range content, uint32_t token) {
    return token == DATELINE_NO_INDEX || token < content.first || token > content.last;
}

static void read_verb(quoting *q, const dateline_sentence *s, uint32_t verb) {
    if (!is_cue(q, verb, "verb") || dln_doc_token(q->doc, verb)->upos != DATELINE_UPOS_VERB) return;
    uint32_t speaker = speaker_of(q, verb);
    range content = content_of(q, verb);
    if (content.first > content.last) content = marked_beside(q, s);
    if (content.first > content.last || !stands_outside(content, verb)) return;
    bool stray = !stands_outside(content, speaker) && q->tree.left[speaker] > content.first && speaker < verb;
    if (stray) content = trimmed(q, (range){ content.first, q->tree.left[speaker] - 1 });
    if (!stands_outside(content, speaker)) return;
    add_quote(q, content, speaker, dln_doc_token(q->doc, verb)->span, outlet_of(q, verb, speaker));
}

/* 'according to X' */
static void read_phrase(quoting *q, uint32_t token) {
    const dateline_token *t = dln_doc_token(q->doc, token);
    if (!is_cue(q, token, "phrase") || t->head == DATELINE_NO_INDEX) return;
    uint32_t speaker = is_rel(q, token, "case") ? t->head : DATELINE_NO_INDEX;
    uint32_t cut = speaker == DATELINE_NO_INDEX ? token : speaker;
    for (uint32_t i = q->tree.first_child[token]; speaker == DATELINE_NO_INDEX && i != DATELINE_NO_INDEX;
         i = q->tree.next[i]) {
        if (is_rel(q, i, "obl") || is_rel(q, i, "nmod")) speaker = i; /* parsed as a verb: 'according' with 'to X' */
    }
    uint32_t top = dln_doc_token(q->doc, cut)->head;
    if (speaker == DATELINE_NO_INDEX || top == DATELINE_NO_INDEX) return;
    range content = trimmed(q, without(q, top, cut));
    dateline_span cue = token_span(q, token, token + (token + 1 < q->doc->tokens.count ? 1 : 0));
    dateline_str outlet = { NULL, 0 };
    if (is_media(q, speaker)) outlet = dln_span_str(q->doc->text, speaker_span(q, speaker));
    if (content.first <= content.last && stands_outside(content, speaker)) add_quote(q, content, speaker, cue, outlet);
}

/* ---------------------------------------------------------------- the stage */

static void read_sentence(quoting *q, const dateline_sentence *s) {
    const marked *all = q->marked.items;
    while (q->next_marked < q->marked.count && all[q->next_marked].last < s->first_token) q->next_marked++;
    for (uint32_t i = 0; i < s->token_count; i++) {
        read_verb(q, s, s->first_token + i);
        read_phrase(q, s->first_token + i);
    }
}

static bool same_block(const quoting *q, dateline_span a, dateline_span b) {
    const dateline_block *blocks = q->doc->blocks.items;
    for (size_t i = 0; i < q->doc->blocks.count; i++) {
        bool has_a = a.begin >= blocks[i].span.begin && a.begin < blocks[i].span.end;
        if (has_a) return b.begin >= blocks[i].span.begin && b.begin < blocks[i].span.end;
    }
    return false;
}

/* Marked text that no report took: a long one goes on in the words of the paragraph's last speaker. */
static void add_left_over(quoting *q) {
    marked *all = q->marked.items;
    size_t reported = q->doc->quotes.count, at = 0;
    for (size_t i = 0; i < q->marked.count; i++) {
        if (all[i].taken || all[i].last - all[i].first < 5) continue; /* words set off, not speech */
        dateline_span span = token_span(q, all[i].first, all[i].last);
        const dateline_quote *quotes = q->doc->quotes.items;
        while (at < reported && quotes[at].span.begin < span.begin) at++;
        dateline_quote before = { .speaker_entity = DATELINE_NO_INDEX };
        if (at > 0 && same_block(q, quotes[at - 1].span, span)) before = quotes[at - 1];
        dateline_quote *out = dln_array_add(&q->doc->quotes);
        if (out == NULL) return;
        *out = (dateline_quote){ .span = span,
                                 .kind = DATELINE_QUOTE_DIRECT,
                                 .speaker = before.speaker,
                                 .speaker_entity = before.speaker_entity,
                                 .outlet = before.outlet };
    }
}

static int by_position(const void *a, const void *b) {
    const dateline_quote *x = a, *y = b;
    if (x->span.begin != y->span.begin) return x->span.begin < y->span.begin ? -1 : 1;
    if (x->span.end != y->span.end) return x->span.end > y->span.end ? -1 : 1;
    return x->cue.begin < y->cue.begin ? -1 : x->cue.begin > y->cue.begin;
}

static void sort_quotes(dateline_doc *doc) {
    if (doc->quotes.count > 1) qsort(doc->quotes.items, doc->quotes.count, sizeof(dateline_quote), by_position);
}

static void bind_first_persons(quoting *q) {
    const dateline_quote *quotes = q->doc->quotes.items;
    size_t at = 0;
    for (size_t i = 0; i < q->doc->mentions.count; i++) {
        dateline_mention *m = dln_doc_mention(q->doc, i);
        if (m->kind != DATELINE_MENTION_PRONOUN) continue;
        dateline_str lemma = dln_doc_token(q->doc, m->head_token)->lemma;
        if (!dln_word_is(lemma, "i") && !dln_word_is(lemma, "my") && !dln_word_is(lemma, "me")) continue;
        while (at + 1 < q->doc->quotes.count && quotes[at + 1].span.begin <= m->span.begin) at++;
        if (at >= q->doc->quotes.count || m->span.begin < quotes[at].span.begin || m->span.end > quotes[at].span.end)
            continue;
        if (quotes[at].speaker_entity != DATELINE_NO_INDEX) m->entity = quotes[at].speaker_entity;
    }
}

static bool prepare(quoting *q) {
    q->mention_of = dln_arena_alloc(q->scratch, q->doc->tokens.count + 1, sizeof *q->mention_of);
    if (q->mention_of == NULL || !dln_tree_init(&q->tree, q->scratch, q->doc)) return false;
    for (size_t i = 0; i < q->doc->mentions.count; i++) {
        uint32_t head = dln_doc_mention(q->doc, i)->head_token;
        if (head < q->doc->tokens.count) q->mention_of[head] = (uint32_t)i + 1;
    }
    return dln_quote_find_marked(q);
}

dateline_status dln_quote(const dln_quoter *quoter, dln_arena *scratch, dateline_doc *doc, dateline_error *err) {
    quoting q = { .quoter = quoter, .doc = doc, .scratch = scratch };
    dln_array_init(&q.marked, sizeof(marked));
    bool fine = prepare(&q);
    for (size_t i = 0; fine && i < doc->sentences.count; i++) read_sentence(&q, dln_doc_sentence(doc, i));
    if (fine) {
        sort_quotes(doc);
        add_left_over(&q);
        sort_quotes(doc);
        bind_first_persons(&q);
    }
    dln_array_release(&q.marked);
    return fine ? DATELINE_OK : dln_error_memory(err);
}
