/* SPDX-License-Identifier: Apache-2.0
 * split_internal.h: what the files of this room share: word lists, the scanner, the two steps. */
#ifndef DLN_SPLIT_INTERNAL_H
#define DLN_SPLIT_INTERNAL_H

#include "split/split.h"

/* What the lexicons say of a word, as bits. */
enum {
    WORD_ABBREVIATION = 1,   /* a final stop belongs to the word */
    WORD_BEFORE_NAME = 2,    /* … and what follows belongs to the same sentence: 'Mr.' */
    WORD_BEFORE_NUMBER = 4,  /* … but only where a number follows: 'No. 5' */
    WORD_CAPITAL = 8,        /* all this only where the word has a capital: 'Sat.' */
    WORD_PREFIX = 16,        /* keeps its hyphen: 'non-violent' */
    WORD_UNIT = 32,          /* parts from the number before it: '5km' */
    WORD_ENDING = 64,        /* last part of a web address or file name: 'com' */
    WORD_OPENER = 128,       /* with a capital it opens a sentence rather than continues a name: 'The' */
    WORD_ELISION = 256,      /* keeps its leading apostrophe: ''em' */
    WORD_BEFORE_LOWER = 512, /* an abbreviation only where its sentence goes on: 'etc.' */
    WORD_CUT_SHIFT = 16      /* above: length of the first word of a contraction, then of the second, 8 bits each */
};

enum { WORD_ALL_ABBREVIATION = WORD_ABBREVIATION | WORD_BEFORE_NAME | WORD_BEFORE_NUMBER | WORD_BEFORE_LOWER };

struct dln_splitter {
    dln_arena arena; /* keys of the map */
    dln_map words;   /* in lower case: bits and cuts */
};

enum { MAX_WORD = 48 }; /* longer words are in no list */

/* Bits of a word as it stands in the text; 0: not listed. */
uint32_t dln_split_word(const dln_splitter *splitter, dateline_str word);

/* Appends the tokens of text[begin, end) to the doc. */
void dln_split_tokens(const dln_splitter *splitter, dateline_doc *doc, size_t begin, size_t end);

/* Appends the sentences over tokens [first, end of list) to the doc. The tokens are those of one block. */
void dln_split_sentences(const dln_splitter *splitter, dateline_doc *doc, size_t first);

/* ' and the characters that stand for it in words. */
static inline bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == '`' || c == 0xFF07;
}
static inline bool is_hyphen(uint32_t c) {
    return c == '-' || c == 0x2010 || c == 0x2011;
}
static inline bool is_ascii_word(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool is_word_char(uint32_t c) {
    if (c < 0x80) return is_ascii_word(c);
    return dln_char_is_letter(c) || dln_char_is_digit(c) || dln_char_is_mark(c);
}
static inline bool is_ascii_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

#endif
