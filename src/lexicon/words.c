/* SPDX-License-Identifier: Apache-2.0
 * words.c: phrases and tokens as folded words with their capitals. */
#include "lexicon_internal.h"

/* What a character does to the words around it. */
typedef enum { IN_WORD, SILENT, PARTING, OWN_WORD } effect;

static effect effect_of(uint32_t c) {
    switch (c) {
    case '.': return SILENT;
    case '-':
    case '\'':
    case '"':
    case '`': return PARTING;
    default: break;
    }
    if (c < 0x80) {
        if (c <= ' ') return PARTING;
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        return plain ? IN_WORD : OWN_WORD;
    }
    if (dln_char_is_space(c)) return PARTING;
    if (!dln_char_is_punct(c) && !dln_char_is_symbol(c)) return IN_WORD;
    /* Typographic quotation marks and dashes fold to the ASCII ones. */
    char folded[DLN_FOLD_BYTES];
    size_t len = dln_char_fold(c, folded);
    return len == 1 && (folded[0] == '-' || folded[0] == '\'' || folded[0] == '"') ? PARTING : OWN_WORD;
}

static void add_char(dln_word *word, uint32_t c) {
    char folded[DLN_FOLD_BYTES];
    size_t len = dln_char_fold(c, folded);
    if (word->len > DLN_WORD_BYTES || len > DLN_WORD_BYTES - word->len) {
        word->len = DLN_WORD_BYTES + 1;
        return;
    }
    memcpy(word->text + word->len, folded, len);
    word->len += (uint32_t)len;
}

bool dln_word_next(dateline_str text, size_t *at, dln_word *word) {
    unsigned letters = 0, capitals = 0;
    word->len = 0;
    while (*at < text.len) {
        size_t next = *at;
        uint32_t c = dln_utf8_next(text, &next);
        effect what = effect_of(c);
        if (word->len > 0 && what != IN_WORD && what != SILENT) break;
        *at = next;
        if (what == SILENT || what == PARTING) continue;
        add_char(word, c);
        if (what == OWN_WORD && word->len > 0) break;
        letters += dln_char_is_letter(c);
        capitals += dln_char_is_upper(c);
    }
    word->capital = capitals == 0                        ? DLN_CAPITAL_NONE
                    : letters > 1 && capitals == letters ? DLN_CAPITAL_ALL
                                                         : DLN_CAPITAL_ONE;
    return word->len > 0;
}

uint32_t dln_words_fold(dln_buf *out, dateline_str phrase, uint64_t *capitals) {
    uint32_t count = 0;
    dln_word word;
    *capitals = 0;
    for (size_t at = 0; dln_word_next(phrase, &at, &word); count++) {
        if (count == DLN_PHRASE_WORDS || word.len > DLN_WORD_BYTES) return 0;
        if (count > 0) dln_buf_add_char(out, ' ');
        dln_buf_add_bytes(out, word.text, word.len);
        *capitals |= (uint64_t)word.capital << (2 * count);
    }
    return count;
}
