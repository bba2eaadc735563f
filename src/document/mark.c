/* SPDX-License-Identifier: Apache-2.0
 * mark.c: the stage. Cuts the text into paragraphs and says of each what part of the page it is. */
#include "document/document_internal.h"

typedef struct {
    dateline_span span;
    dateline_block_kind kind; /* NONE: not decided */
    bool is_prose;            /* ends like a sentence, or is too long for a line */
    uint32_t label_end; /* where a label that is furniture ends: 'File photo:' before a caption; else span.begin */
} page_paragraph;

typedef struct {
    dln_line line;
    dateline_doc *doc;
    dln_array paragraphs;
    size_t count;
    size_t head_end;   /* paragraphs before it stand above the article's text */
    size_t last_prose; /* the text's last paragraph; count: none */
} page_layout;

static page_paragraph *paragraph_at(const page_layout *page, size_t i) {
    return (page_paragraph *)page->paragraphs.items + i;
}

enum { LINE_BYTES = 200, LINK_BYTES = 150, ARTICLE_BYTES = 200 };

/* Prose is what is too long for a line of the page, or ends like a sentence. */
static void cut(page_layout *page) {
    dln_array spans;
    dln_array_init(&spans, sizeof(dateline_span));
    dln_paragraphs_cut(page->doc->text, page->doc->running_text, &spans);
    for (size_t i = 0; i < spans.count; i++) {
        const dateline_span span = ((const dateline_span *)spans.items)[i];
        bool is_prose = span.end - span.begin > LINE_BYTES || dln_ends_sentence(page->doc->text, span);
        const page_paragraph paragraph = { span, DATELINE_BLOCK_NONE, is_prose, span.begin };
        dln_array_push(&page->paragraphs, &paragraph);
    }
    if (spans.status != DATELINE_OK) page->paragraphs.status = spans.status;
    page->count = page->paragraphs.count;
    dln_array_release(&spans);
}

/* ---------------------------------------------------------------- furniture */

static dateline_block_kind kind_of(uint32_t bits) {
    if (bits == 0) return DATELINE_BLOCK_NONE;
    if ((bits & DLN_PHRASE_BYLINE) != 0) return DATELINE_BLOCK_BYLINE;
    return (bits & DLN_PHRASE_CREDIT) != 0 ? DATELINE_BLOCK_CREDIT : DATELINE_BLOCK_FURNITURE;
}

/* Lines that a heading takes with it: headlines of other articles, or all to the end. */
static size_t mark_followers(page_layout *page, size_t first, bool all) {
    size_t i = first;
    for (; i < page->count; i++) {
        page_paragraph *next = paragraph_at(page, i);
        bool is_link = !next->is_prose && next->span.end - next->span.begin <= LINK_BYTES;
        if (!all && !is_link) break;
        next->kind = DATELINE_BLOCK_FURNITURE;
    }
    return i;
}

/* Rules, list numbers, and the style sheets that scrapers leave: '***', '7', 'margin-top: 4px;', '}'. */
static bool is_noise(const page_layout *page, dateline_span span) {
    enum { RULE_BYTES = 100 };
    dateline_str text = dln_span_str(page->doc->text, span);
    if (text.len > RULE_BYTES) return false;
    bool has_letter = false;
    for (size_t at = 0; at < text.len && !has_letter;) has_letter = dln_char_is_letter(dln_utf8_next(text, &at));
    char last = text.ptr[text.len - 1];
    bool is_rule = last == ';' && page->line.count <= 3 && memchr(text.ptr, ':', text.len) != NULL;
    return !has_letter || last == '{' || last == '}' || is_rule;
}

enum { CAPTION_WORDS = 8 };

/* Each line by itself, and what its heading takes with it. */
static void mark_furniture(page_layout *page) {
    size_t prose_bytes = 0;
    for (size_t i = 0; i < page->count;) {
        page_paragraph *paragraph = paragraph_at(page, i++);
        dln_line_read(&page->line, paragraph->span);
        uint32_t bits = dln_line_kind(&page->line);
        paragraph->kind = bits == 0 && is_noise(page, paragraph->span) ? DATELINE_BLOCK_FURNITURE : kind_of(bits);
        if ((bits & DLN_PHRASE_CAPTION) != 0 && page->line.count >= CAPTION_WORDS) {
            paragraph->kind = DATELINE_BLOCK_CAPTION;
            paragraph->label_end = dln_label_end(&page->line);
        }
        if (bits == 0 && paragraph->is_prose) prose_bytes += paragraph->span.end - paragraph->span.begin;
        bool behind_article = prose_bytes >= ARTICLE_BYTES;
        if ((bits & DLN_PHRASE_ALL) != 0 && behind_article) i = mark_followers(page, i, true);
        else if ((bits & DLN_PHRASE_LINKS) != 0 && behind_article) i = mark_followers(page, i, false);
    }
}

/* ---------------------------------------------------------------- head */

enum { HEAD_PARAGRAPHS = 10, BYLINE_PARAGRAPHS = 5, HEADLINE_BYTES = 250, INNER_BYTES = 450 };

static bool read_dateline(page_layout *page, dateline_span span, dln_dateline_place where,
                          dateline_dateline *dateline) {
    return dln_dateline_read(&page->line, span, where, page->doc->date, dateline);
}

static bool has_dateline(page_layout *page, size_t i) {
    dateline_dateline dateline;
    return read_dateline(page, paragraph_at(page, i)->span, DLN_DATELINE_HEAD, &dateline);
}

/* Bylines and dates, and where the head ends: at the dateline, else at the byline, else at the first prose. */
static void mark_head(page_layout *page) {
    size_t first_prose = page->count, by = page->count, most = page->count;
    if (most > HEAD_PARAGRAPHS) most = HEAD_PARAGRAPHS;
    page->head_end = page->count;
    for (size_t i = 0; i < most && page->head_end == page->count; i++) {
        page_paragraph *paragraph = paragraph_at(page, i);
        if (paragraph->kind == DATELINE_BLOCK_NONE) {
            if (dln_is_byline(&page->line, paragraph->span)) paragraph->kind = DATELINE_BLOCK_BYLINE;
            else if (dln_is_date_line(&page->line, paragraph->span)) paragraph->kind = DATELINE_BLOCK_FURNITURE;
            else if (has_dateline(page, i)) page->head_end = i;
            else if (paragraph->is_prose && first_prose == page->count) first_prose = i;
        }
        if (paragraph->kind == DATELINE_BLOCK_BYLINE && by == page->count && i < BYLINE_PARAGRAPHS) by = i;
    }
    if (page->head_end == page->count) page->head_end = by < page->count ? by : first_prose;
}

/* ---------------------------------------------------------------- tail */

static bool is_short_line(const page_paragraph *paragraph) {
    return !paragraph->is_prose && paragraph->span.end - paragraph->span.begin <= LINK_BYTES;
}

/* Ends the paragraph with a credit, or is it one? Then what stands behind is no text. */
static bool ends_with_credit(page_layout *page, page_paragraph *paragraph) {
    uint32_t begin;
    if (dln_tail_read(&page->line, paragraph->span, &begin) != DATELINE_BLOCK_CREDIT) return false;
    if (begin == paragraph->span.begin) paragraph->kind = DATELINE_BLOCK_CREDIT;
    return true;
}

/* The article's last paragraph: behind it stand furniture, credits, and short lines that a credit sets apart. */
static void mark_tail(page_layout *page) {
    enum { LINES_BEHIND = 8 };
    size_t behind[LINES_BEHIND], behind_count = 0;
    page->last_prose = page->count;
    for (size_t i = page->count; i > page->head_end; i--) {
        page_paragraph *paragraph = paragraph_at(page, i - 1);
        if (paragraph->kind != DATELINE_BLOCK_NONE) continue;
        if (page->last_prose == page->count) page->last_prose = i - 1;
        if (ends_with_credit(page, paragraph)) {
            for (; behind_count > 0; behind_count--)
                paragraph_at(page, behind[behind_count - 1])->kind = DATELINE_BLOCK_FURNITURE;
            page->last_prose = paragraph->kind == DATELINE_BLOCK_NONE ? i - 1 : page->count;
            if (page->last_prose < page->count) return;
        } else if (is_short_line(paragraph) && behind_count < LINES_BEHIND) {
            behind[behind_count++] = i - 1;
        } else {
            return;
        }
    }
}

/* ---------------------------------------------------------------- blocks */

static void add_block(page_layout *page, dateline_block_kind kind, uint32_t begin, uint32_t end) {
    dateline_span span = dln_span_trim(page->doc->text, (dateline_span){ begin, end });
    const dateline_block block = { span, kind };
    if (span.end > span.begin) dln_array_push(&page->doc->blocks, &block);
}

static void add_dateline(page_layout *page, const dateline_dateline *dateline) {
    add_block(page, DATELINE_BLOCK_DATELINE, dateline->span.begin, dateline->span.end);
    if (page->doc->has_dateline) return;
    page->doc->has_dateline = true;
    page->doc->dateline = *dateline;
}

/* Text that is read, and the credits behind it. */
static void add_read(page_layout *page, dateline_block_kind kind, dateline_span span, bool may_end) {
    enum { MOST_TAILS = 3 };
    dateline_block tails[MOST_TAILS];
    size_t count = 0;
    for (; may_end && count < MOST_TAILS && span.begin < span.end; count++) {
        dateline_block *tail = &tails[count];
        tail->kind = dln_tail_read(&page->line, span, &tail->span.begin);
        if (tail->kind == DATELINE_BLOCK_NONE) break;
        tail->span.end = span.end;
        span = dln_span_trim(page->doc->text, (dateline_span){ span.begin, tail->span.begin });
    }
    add_block(page, kind, span.begin, span.end);
    for (; count > 0; count--)
        add_block(page, tails[count - 1].kind, tails[count - 1].span.begin, tails[count - 1].span.end);
}

/* The article's text, with a dateline before it. */
static void add_text(page_layout *page, size_t i, dateline_span span) {
    dateline_dateline dateline;
    if (read_dateline(page, span, i == page->head_end ? DLN_DATELINE_HEAD : DLN_DATELINE_LATER, &dateline)) {
        add_dateline(page, &dateline);
        span = dln_span_trim(page->doc->text, (dateline_span){ dateline.span.end, span.end });
    }
    add_read(page, DATELINE_BLOCK_BODY, span, i == page->last_prose);
}

static void add_byline(page_layout *page, dateline_span span) {
    add_block(page, DATELINE_BLOCK_BYLINE, span.begin, span.end);
    dateline_span author = dln_byline_author(&page->line, span);
    if (page->doc->author.len == 0 && author.begin < author.end)
        page->doc->author = dln_span_str(page->doc->text, author);
}

/* Where the title that came with the input ends, if the paragraph begins with it; else span.begin. */
static uint32_t title_end(const page_layout *page, dateline_span span) {
    dateline_str title = dln_str_trim(page->doc->title), text = page->doc->text;
    if (title.len == 0 || !dln_str_starts(dln_span_str(text, span), title)) return span.begin;
    uint32_t end = span.begin + (uint32_t)title.len;
    while (end < span.end && (text.ptr[end] == ' ' || text.ptr[end] == '.')) end++;
    bool is_cut = end == span.end || text.ptr[end - 1] == ' ' || dln_char_is_space(dln_utf8_at(text, end));
    return is_cut ? end : span.begin;
}

/* Behind the headline's sentence in the first paragraph: where a dateline begins, or a byline that leads to one. In a
 * paragraph that begins with a byline: where the dateline begins. span.end: nowhere. */
static uint32_t inner_dateline(page_layout *page, dateline_span span) {
    dateline_str text = page->doc->text;
    dateline_dateline dateline;
    uint32_t most = span.end - span.begin > INNER_BYTES ? span.begin + INNER_BYTES : span.end;
    uint32_t byline = dln_begins_byline(&page->line, span) ? span.begin : span.end;
    for (uint32_t at = span.begin + 1; at < most; at++) {
        if (text.ptr[at - 1] != ' ' || text.ptr[at] < 'A' || text.ptr[at] > 'Z') continue;
        const dateline_span rest = { at, span.end };
        bool is_sentence = dln_ends_sentence(text, (dateline_span){ span.begin, at });
        if (byline == span.end && is_sentence && dln_begins_byline(&page->line, rest)) byline = at;
        if (byline == span.end && !is_sentence) continue;
        if (read_dateline(page, rest, DLN_DATELINE_INNER, &dateline))
            return byline < at && byline > span.begin ? byline : at;
    }
    return span.end;
}

/* Where the headline ends with which the first paragraph begins; span.begin: it begins with none. */
static uint32_t headline_end(page_layout *page, const page_paragraph *paragraph, bool above_text) {
    dateline_span span = paragraph->span;
    uint32_t end = title_end(page, span);
    dateline_dateline dateline;
    bool begins_otherwise =
        dln_begins_byline(&page->line, span) || read_dateline(page, span, DLN_DATELINE_HEAD, &dateline);
    if (end > span.begin || begins_otherwise) return end;
    end = inner_dateline(page, span);
    uint32_t credit;
    if (end == span.end && above_text) {
        dateline_span sentence = span; /* without a credit behind it */
        if (dln_tail_read(&page->line, span, &credit) != DATELINE_BLOCK_NONE) sentence.end = credit;
        sentence = dln_span_trim(page->doc->text, sentence);
        uint32_t begin = dln_caption_begin(&page->line, sentence);
        if (begin < sentence.end) end = begin;
    }
    if (end < span.end) return end;
    return above_text && end - span.begin <= HEADLINE_BYTES ? end : span.begin;
}

/* The first paragraph of text: a headline may run into a byline, a dateline, a caption. */
static void add_first(page_layout *page, size_t i) {
    const page_paragraph *first = paragraph_at(page, i);
    bool above_text = i < page->head_end && page->head_end < page->count;
    uint32_t end = headline_end(page, first, above_text);
    add_block(page, DATELINE_BLOCK_HEADLINE, first->span.begin, end);
    dateline_span rest = dln_span_trim(page->doc->text, (dateline_span){ end, first->span.end });
    if (rest.begin < rest.end && dln_begins_byline(&page->line, rest)) {
        uint32_t at = inner_dateline(page, rest);
        if (at < rest.end) {
            add_byline(page, (dateline_span){ rest.begin, at });
            rest.begin = at;
            above_text = false;
        }
    }
    if (rest.begin == rest.end) return;
    if (above_text) add_read(page, DATELINE_BLOCK_CAPTION, rest, true);
    else add_text(page, end > first->span.begin ? page->head_end : i, rest);
}

/* What nothing else is known of is a headline or caption above the head's end, and text below it. */
static void add_paragraph(page_layout *page, size_t i) {
    const page_paragraph *paragraph = paragraph_at(page, i);
    const dateline_span span = paragraph->span;
    bool above_text = i < page->head_end && page->head_end < page->count;
    dateline_block_kind kind = paragraph->kind;
    if (kind == DATELINE_BLOCK_NONE && above_text)
        kind = paragraph->is_prose ? DATELINE_BLOCK_CAPTION : DATELINE_BLOCK_HEADLINE;
    add_block(page, DATELINE_BLOCK_FURNITURE, span.begin, paragraph->label_end);
    if (kind == DATELINE_BLOCK_NONE) add_text(page, i, span);
    else if (kind == DATELINE_BLOCK_BYLINE) add_byline(page, span);
    else if (kind == DATELINE_BLOCK_CAPTION)
        add_read(page, kind, dln_span_trim(page->doc->text, (dateline_span){ paragraph->label_end, span.end }), true);
    else add_block(page, kind, span.begin, span.end);
}

static void add_blocks(page_layout *page) {
    bool begun = false;
    for (size_t i = 0; i < page->count; i++) {
        bool is_first = !begun && paragraph_at(page, i)->kind == DATELINE_BLOCK_NONE;
        if (is_first) add_first(page, i);
        else add_paragraph(page, i);
        begun = begun || is_first;
    }
}

dateline_status dln_document_mark(const dln_marker *marker, dln_arena *scratch, dateline_doc *doc,
                                  dateline_error *err) {
    (void)scratch;
    page_layout page = { .doc = doc };
    dln_line_init(&page.line, marker, doc->text);
    dln_array_init(&page.paragraphs, sizeof(page_paragraph));
    cut(&page);
    if (doc->running_text) {
        for (size_t i = 0; i < page.count; i++)
            add_block(&page, DATELINE_BLOCK_BODY, paragraph_at(&page, i)->span.begin, paragraph_at(&page, i)->span.end);
    } else {
        mark_furniture(&page);
        mark_head(&page);
        mark_tail(&page);
        add_blocks(&page);
    }
    dateline_status status = page.paragraphs.status != DATELINE_OK ? page.paragraphs.status : page.line.key.status;
    dln_line_release(&page.line);
    dln_array_release(&page.paragraphs);
    return status == DATELINE_OK ? DATELINE_OK : dln_error_memory(err);
}
