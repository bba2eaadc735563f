/* SPDX-License-Identifier: Apache-2.0
 * document_internal.h: what the files of this room share: how page parts are told from text. */
#ifndef DLN_DOCUMENT_INTERNAL_H
#define DLN_DOCUMENT_INTERNAL_H

#include "document/document.h"

/* ---------------------------------------------------------------- paragraphs.c */

/* Adds the spans of the paragraphs of `text` (dateline_span), without the white space around them. Blank lines part
 * paragraphs; unless `running`, line ends do too, save where a narrow column is wrapped. */
void dln_paragraphs_cut(dateline_str text, bool running, dln_array *spans);

/* ---------------------------------------------------------------- phrases.c */

/* What the lexicons say of a phrase; low bytes: number of a month (1 to 12) and of a weekday (1 to 7, from Monday). */
enum {
    DLN_PHRASE_MONTH = 0xF,
    DLN_PHRASE_WEEKDAY = 0x70,
    DLN_PHRASE_LINE = 1 << 8,    /* a line that consists of it, or of several such phrases and numbers */
    DLN_PHRASE_START = 1 << 9,   /* a line that begins with it */
    DLN_PHRASE_COLON = 1 << 10,  /* with START: a colon or a dash must follow */
    DLN_PHRASE_END = 1 << 11,    /* a line that ends with it */
    DLN_PHRASE_LINKS = 1 << 12,  /* the headlines of other articles that follow belong to it */
    DLN_PHRASE_ALL = 1 << 13,    /* all that follows belongs to it */
    DLN_PHRASE_BYLINE = 1 << 14, /* it is a byline; neither bit: furniture */
    DLN_PHRASE_CREDIT = 1 << 15, /* it is a credit */
    DLN_PHRASE_AGENCY = 1 << 16,
    DLN_PHRASE_CITY = 1 << 17,     /* news is dated from there without a country's name */
    DLN_PHRASE_LABEL = 1 << 18,    /* 'UPDATE', no place */
    DLN_PHRASE_TITLE = 1 << 19,    /* opens the description of a person: 'president', 'Russian' */
    DLN_PHRASE_LINK = 1 << 20,     /* a word that cannot end a headline: 'of', 'the' */
    DLN_PHRASE_BY = 1 << 23,       /* opens a byline */
    DLN_PHRASE_CAPTION = 1 << 26,  /* a caption follows, if there is more */
    DLN_PHRASE_AND = 1 << 24,      /* joins agencies */
    DLN_PHRASE_PARTICLE = 1 << 25, /* has no capital within a place's name: 'Rio de Janeiro' */
    DLN_PHRASE_REGION = 1 << 22,   /* a state, province or country, as it stands behind a city */
    DLN_PHRASE_OPENER = 1 << 21    /* a common word that opens a caption: 'A', 'The', 'Protesters' */
};

struct dln_marker {
    dln_map phrases; /* words folded, a blank between; value: the bits above */
    dln_arena keys;
    size_t longest; /* phrase, in words */
};

/* The words of a stretch of text as phrases know them: folded, without punctuation, numbers as '#'. */
enum { DLN_LINE_WORDS = 48 };
typedef struct {
    const dln_marker *marker;
    dateline_str text;
    dateline_span span;
    dln_buf key;
    size_t count;
    bool whole;                          /* false: the stretch has more words than DLN_LINE_WORDS */
    dateline_span words[DLN_LINE_WORDS]; /* in the text */
    dateline_span keys[DLN_LINE_WORDS];  /* in key */
} dln_line;

void dln_line_init(dln_line *line, const dln_marker *marker, dateline_str text);
void dln_line_read(dln_line *line, dateline_span span);
void dln_line_release(dln_line *line);

/* Bits of the phrase of `count` words from word `first` on; 0: not known. */
uint32_t dln_line_phrase(const dln_line *line, size_t first, size_t count);

/* The longest phrase at word `first` that has one of the bits `any`: its words and bits; 0: none. */
size_t dln_line_longest(const dln_line *line, size_t first, uint32_t any, uint32_t *bits);

/* What the line as a whole is: bits of the phrase that tells it; 0: text. */
uint32_t dln_line_kind(const dln_line *line);

/* Where the phrase ends that the line begins with, and the mark behind it; its begin: there is none. */
uint32_t dln_label_end(const dln_line *line);

/* The same, but by how it begins or ends alone: for sentences, which may happen to be a single known word. */
uint32_t dln_line_edges(const dln_line *line);

/* ---------------------------------------------------------------- dateline.c */

/* Where a dateline is looked for, and so how sure it must be. */
typedef enum {
    DLN_DATELINE_HEAD,  /* the begin of one of the first paragraphs */
    DLN_DATELINE_INNER, /* within the first paragraph, behind a headline */
    DLN_DATELINE_LATER  /* the begin of a later paragraph */
} dln_dateline_place;

/* Reads a dateline that begins at span.begin and ends within the span; false: there is none. A date without a year
 * takes the one that suits the day of publication. `line` is scratch. */
bool dln_dateline_read(dln_line *line, dateline_span span, dln_dateline_place where, dateline_date published,
                       dateline_dateline *dateline);

/* A line that holds nothing but a date ('Friday, July 21, 2017'). */
bool dln_is_date_line(dln_line *line, dateline_span span);

/* ---------------------------------------------------------------- parts.c */

/* Trims white space off both ends. */
dateline_span dln_span_trim(dateline_str text, dateline_span span);

/* Does the text end like a sentence: '.', '?', '!', '…', closing marks behind them passed over? */
bool dln_ends_sentence(dateline_str text, dateline_span span);

/* Does the stretch begin with the word that opens a byline, with a capital? */
bool dln_begins_byline(dln_line *line, dateline_span span);

/* 'By John Smith', 'By JANE DOE in Nairobi'. */
bool dln_is_byline(dln_line *line, dateline_span span);

/* Where the last sentence of a paragraph begins, looked for in its last bytes; span.begin: it is the only one. */
uint32_t dln_last_sentence(dateline_str text, dateline_span span);

/* The names in a byline ('John Smith' in 'By John Smith, Staff Writer'); empty: none. */
dateline_span dln_byline_author(dln_line *line, dateline_span span);

/* What the last sentence of a paragraph is, if it is no text ('– Agencies', 'Jane Doe contributed to this report.'):
 * CREDIT or FURNITURE, and where it begins; NONE: text. */
dateline_block_kind dln_tail_read(dln_line *line, dateline_span span, uint32_t *begin);

/* Where the caption begins in a first line that runs a headline and a caption together; span.end: nowhere. */
uint32_t dln_caption_begin(dln_line *line, dateline_span span);

#endif
