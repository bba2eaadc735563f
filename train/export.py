"""A trained student as the file that the engine maps: FORMAT.md.

    python export.py STUDENT.pt OUT.bin [--lemmas]
"""
import argparse
import struct

import numpy as np
import torch

import data
import features
import lemma
import student

MAGIC, VERSION, ALIGN = b'DATELNN\x1a', 1, 64
M = (1 << 64) - 1


def checksum(body):
    """Four lanes over 64-bit little-endian words (the body is a multiple of 32 bytes), then folded."""
    words = np.frombuffer(body, '<u8').reshape(-1, 4)
    lanes = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)
    prime = np.uint64(0x00000100000001B3)
    with np.errstate(over='ignore'):
        for row in words:  # slow in Python, fast in C
            lanes = (lanes ^ row) * prime
        h = np.uint64(len(body))
        for x in lanes:
            h = (h ^ x) * prime
            h ^= h >> np.uint64(29)
    return int(h)


def dense(name, layer, out):
    """Weight s8 [out, in], bias s32 [out], shift u8 [out]."""
    with torch.no_grad():
        e = student.exponent(layer.weight, layer.per_row)
        s = torch.exp2(e)
        w = torch.floor(layer.weight * s + 0.5).clamp(-127, 127)
        b = torch.floor(layer.bias * 32 * s.squeeze() + 0.5)
        e = e.squeeze().expand(len(b))
    out[name + '.w'], out[name + '.b'], out[name + '.s'] = w.numpy().astype('i1'), b.numpy().astype('<i4'), e.numpy().astype('u1')


def word_table(words):
    """Open addressing: u32 tag and u32 row + 1 (0: empty) a slot, linear probing; twice as many slots as words or more."""
    slots = 1 << max(4, (len(words) * 2 - 1).bit_length())
    t = np.zeros((slots, 2), '<u4')
    for row, w in enumerate(words):
        h = features.fnv(w, 1)
        k = h & (slots - 1)
        while t[k, 1]:
            if t[k, 0] == h >> 32:
                raise SystemExit('two words with one hash: %s' % w)
            k = (k + 1) & (slots - 1)
        t[k] = h >> 32, row + 1
    return t


def sections(model, lemmas):
    f, c, out = model.features, model.config, {}
    out['config'] = np.array([model.d, len(c['layers']), c['arc'], c['rel'], len(model.labels.morph), len(model.labels.label),
                              len(data.NER), student.ROOT_BIN + 1, model.bigrams, model.bigram_width, len(f.vocabulary), f.UNKNOWN, f.CASED,
                              *f.SUFFIX, *f.PREFIX, f.SHAPE, f.ROLE, f.ROLE], '<u4')
    out['layers'] = np.array(c['layers'], '<u4')
    out['bins'] = np.array(student.BINS, '<u4')
    out['words'] = word_table(f.vocabulary)
    g = lambda x, s, t: torch.floor(x.detach() * s + 0.5).numpy().clip(np.iinfo(t).min + (t == 'i1'), np.iinfo(t).max).astype(t)
    out['table'] = g(model.table.weight[:f.rows], 64, 'i1')
    out['tbias'] = g(model.table_bias, 64, '<i4')
    if model.bigrams:
        out['pairs'] = g(model.pairs.weight, 64, 'i1')
    for i, layer in enumerate(model.layers):
        dense('L%d' % i, layer, out)
    for short, name in (('mor', 'morph'), ('ner', 'ner'), ('qry', 'query'), ('key', 'key'), ('dis', 'distance'), ('rdp', 'rel_dep'),
                        ('rhd', 'rel_head'), ('rel', 'rel')):
        dense(short, getattr(model, name), out)
    out['relbin'] = g(model.rel_bin, 32, '<i2')
    text = lambda lines: np.frombuffer('\n'.join(lines).encode(), 'u1')
    out['morph'], out['label'], out['nertag'] = text(model.labels.morph), text(model.labels.label), text(data.NER)
    out['lemma'] = text(sorted(k + '\t' + v for k, v in lemmas.table.items())) if lemmas else text([])
    return out


def write(path, parts):
    head = 48
    at = -(-(head + 32 * len(parts)) // ALIGN) * ALIGN
    table, body = b'', b''
    for name, x in parts.items():
        raw = np.ascontiguousarray(x).tobytes()
        table += struct.pack('<16sQQ', name.encode(), at + len(body), len(raw))
        body += raw + b'\0' * (-len(raw) % ALIGN)
    rest = table + b'\0' * (at - head - len(table)) + body
    rest += b'\0' * (-(len(rest)) % 32)
    with open(path, 'wb') as f:
        f.write(MAGIC + struct.pack('<IIQQ', VERSION, len(parts), head + len(rest), checksum(rest)) + b'\0' * 16 + rest)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('student')
    p.add_argument('out')
    args = p.parse_args()
    model = student.load(args.student)
    ewt, gum = data.treebanks('train')
    write(args.out, sections(model, lemma.Lemmas().train(ewt + gum)))


if __name__ == '__main__':
    main()
