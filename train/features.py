"""What the network sees of a word: rows of embedding tables, found by hashing. FORMAT.md defines the same for C.

Strings are sequences of code points; hashes are over their UTF-8 bytes.
"""
import numpy as np

MASK = (1 << 64) - 1
FOLD = {0x2018: "'", 0x2019: "'", 0x201B: "'", 0x2032: "'", 0x0060: "'", 0x201C: '"', 0x201D: '"', 0x201E: '"', 0x2033: '"',
        0x2010: '-', 0x2011: '-', 0x2012: '-', 0x2013: '-', 0x2014: '-', 0x2212: '-'}


def fnv(text, seed):
    """FNV-1a, 64 bits, over the seed as one byte and then the text; then mixed so that low bits are good."""
    h = ((14695981039346656037 ^ seed) * 1099511628211) & MASK
    for b in text.encode('utf-8', 'surrogatepass'):
        h = ((h ^ b) * 1099511628211) & MASK
    h ^= h >> 32
    h = (h * 0x9E3779B97F4A7C15) & MASK
    return h ^ (h >> 29)


def fold(word):
    """The word with curly quotes and dashes made plain and digits made 0."""
    return ''.join('0' if '0' <= c <= '9' else c for c in word.translate(FOLD))


def lower(word):
    """ASCII letters in lower case."""
    return ''.join(chr(ord(c) + 32) if 'A' <= c <= 'Z' else c for c in word)


def shape(word):
    """X upper, x lower, 0 digit, u beyond ASCII, others themselves; no run longer than three."""
    out = ''
    for c in word:
        c = 'X' if 'A' <= c <= 'Z' else 'x' if 'a' <= c <= 'z' else '0' if '0' <= c <= '9' else c if ord(c) < 128 else 'u'
        if out[-3:] != c * 3:
            out += c
    return out


class Features:
    """Rows of one table of embeddings; its parts lie one behind the other in this order:

    known words | unknown words by hash | cased words | suffixes of 2, 3, 4 | prefixes of 2, 3, 4 | shapes | words as left
    neighbour | words as right neighbour
    """
    UNKNOWN, CASED, SUFFIX, PREFIX, SHAPE, ROLE = 1 << 12, 1 << 14, (1 << 11, 1 << 13, 1 << 14), (1 << 10, 1 << 12, 1 << 13), 1 << 9, 1 << 14

    def __init__(self, vocabulary):
        self.vocabulary = list(vocabulary)
        self.row_of = {w: i for i, w in enumerate(self.vocabulary)}
        sizes = [len(self.vocabulary), self.UNKNOWN, self.CASED, *self.SUFFIX, *self.PREFIX, self.SHAPE, self.ROLE, self.ROLE]
        self.start = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
        self.rows = self.start[-1]

    def word(self, word):
        """Eleven rows: nine of the word itself, what it adds to its right neighbour, what it adds to its left one."""
        plain = fold(word)
        low = lower(plain)
        s, h = self.start, fnv(low, 1)
        first = self.row_of[low] if low in self.row_of else s[1] + h % self.UNKNOWN
        out = [first, s[2] + fnv(plain, 2) % self.CASED]
        for k, n in enumerate((2, 3, 4)):
            out.append(s[3 + k] + fnv(low[-n:], 3 + k) % self.SUFFIX[k])
        for k, n in enumerate((2, 3, 4)):
            out.append(s[6 + k] + fnv(low[:n], 6 + k) % self.PREFIX[k])
        return out + [s[9] + fnv(shape(plain), 9) % self.SHAPE, s[10] + fnv(low, 10) % self.ROLE, s[11] + fnv(low, 11) % self.ROLE]

    def key(self, word):
        """What bigrams are made of: 32 bits."""
        return fnv(lower(fold(word)), 1) >> 32


def bigram(left, right, buckets):
    """Rows of the bigram table (from 0) of word keys; a missing neighbour has key 0. Works on arrays of uint64."""
    left, right = np.asarray(left, np.uint64), np.asarray(right, np.uint64)
    with np.errstate(over='ignore'):
        h = (left * np.uint64(0x9E3779B97F4A7C15) + right) * np.uint64(0xC2B2AE3D27D4EB4F)
    return ((h >> np.uint64(40)) % np.uint64(buckets)).astype(np.int64)
