"""The integer arithmetic of the model file, in plain numpy: what the C kernels must reproduce bit by bit.

    python infer_int8.py MODEL.bin eval                     figures on the development sets
    python infer_int8.py MODEL.bin conllu GOLD.conllu > PRED  gold sentences and words with predicted columns, for score_ud.py
    python infer_int8.py MODEL.bin trace OUT.npz [N]        tensors of N dev sentences, layer by layer, for the tests in C
"""
import struct
import sys

import numpy as np

import data
import evaluate
import export
import features
import lemma
import tree


class Model:
    def __init__(self, path):
        with open(path, 'rb') as f:
            raw = f.read()
        magic, version, count, size, check = struct.unpack_from('<8sIIQQ', raw)
        if magic != export.MAGIC or version != export.VERSION or size != len(raw) or check != export.checksum(raw[48:]):
            raise SystemExit(path + ': damaged or no model')
        self.raw = {}
        for i in range(count):
            name, at, n = struct.unpack_from('<16sQQ', raw, 48 + 32 * i)
            self.raw[name.rstrip(b'\0').decode()] = raw[at:at + n]
        a = lambda name, t: np.frombuffer(self.raw[name], t)
        (self.d, n_layers, self.a, self.r, n_morph, n_label, n_ner, self.n_bins, self.bigrams, self.bw, *sizes) = map(int, a('config', '<u4'))
        self.layers = a('layers', '<u4').reshape(n_layers, 3).astype(int)
        self.bins = a('bins', '<u4').astype(int)
        self.slots = a('words', '<u4').reshape(-1, 2)
        self.start = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
        self.sizes = sizes
        self.table = a('table', 'i1').reshape(-1, self.d)
        self.tbias = a('tbias', '<i4')
        self.pairs = a('pairs', 'i1').reshape(-1, self.bw) if self.bigrams else None
        self.relbin = a('relbin', '<i2').reshape(self.n_bins, self.r).astype(np.int32)
        text = lambda name: self.raw[name].decode().split('\n')
        self.morph, self.label, self.ner = text('morph'), text('label'), text('nertag')
        self.lemmas = lemma.Lemmas(dict(x.rsplit('\t', 1) for x in text('lemma') if x))
        self.mats = {k[:-2]: (a(k, 'i1').reshape(len(a(k[:-2] + '.b', '<i4')), -1).astype(np.int32), a(k[:-2] + '.b', '<i4').astype(np.int32),
                              a(k[:-2] + '.s', 'u1').astype(np.int32)) for k in self.raw if k.endswith('.w')}
        self.known = {}

    def row_of(self, low):
        h = features.fnv(low, 1)
        k = h & (len(self.slots) - 1)
        while self.slots[k, 1]:
            if self.slots[k, 0] == h >> 32:
                return int(self.slots[k, 1]) - 1
            k = (k + 1) & (len(self.slots) - 1)
        return self.start[1] + h % self.sizes[1]

    def rows(self, word):
        if word not in self.known:
            plain = features.fold(word)
            low, s, z = features.lower(plain), self.start, self.sizes
            self.known[word] = [self.row_of(low), s[2] + features.fnv(plain, 2) % z[2],
                                *(s[3 + k] + features.fnv(low[-2 - k:], 3 + k) % z[3 + k] for k in range(3)),
                                *(s[6 + k] + features.fnv(low[:2 + k], 6 + k) % z[6 + k] for k in range(3)),
                                s[9] + features.fnv(features.shape(plain), 9) % z[9],
                                s[10] + features.fnv(low, 10) % z[10], s[11] + features.fnv(low, 11) % z[11]], features.fnv(low, 1) >> 32
        return self.known[word]

    def dense(self, name, x):
        """int32 accumulators with bias, [n, out]."""
        w, b, _ = self.mats[name]
        return (x.astype(np.float64) @ w.T.astype(np.float64)).astype(np.int64).astype(np.int32) + b  # exact in double

    def shifted(self, name, x, more=0):
        """Accumulators shifted down by the row's shift + more, rounded half up."""
        s = self.mats[name][2] + more
        return (self.dense(name, x) + (1 << (s - 1))) >> s

    def encode(self, words, trace=None):
        n, d = len(words), self.d
        found = [self.rows(w) for w in words]
        rows = np.array([f[0] for f in found])
        x = self.table[rows[:, :9]].astype(np.int32).sum(1) + self.tbias
        x[1:] += self.table[rows[:-1, 9]]
        x[:-1] += self.table[rows[1:, 10]]
        if self.bigrams:
            keys = np.array([0] + [f[1] for f in found], np.uint64)
            x[:, :self.bw] += self.pairs[features.bigram(keys[:-1], keys[1:], self.bigrams)]
        h = ((x + 1) >> 1).clip(0, 255)
        if trace is not None:
            trace.append(h)
        for i, (s, g, dist) in enumerate(self.layers):
            parts = [h]
            if s:
                left, right = np.zeros((n, s), np.int32), np.zeros((n, s), np.int32)
                left[dist:], right[:max(0, n - dist)] = h[:max(0, n - dist), :s], h[dist:, d - s:]
                parts += [left, right]
            if g:
                parts += [np.maximum.accumulate(h[:, :g], 0), np.maximum.accumulate(h[::-1, d - g:], 0)[::-1]]
            h = (h + self.shifted('L%d' % i, np.concatenate(parts, 1))).clip(0, 255)
            if trace is not None:
                trace.append(h)
        return h

    def bin(self, d):
        return np.searchsorted(self.bins, np.abs(d), side='left') + (len(self.bins) + 1) * (d > 0)

    def scores(self, h):
        """Arc scores int32 [n + 1, n + 1] (dependent, head; row 0 unused)."""
        n = len(h)
        q = self.shifted('qry', h, 1).clip(-127, 127)
        k = self.shifted('key', h).clip(0, 255)
        t, e = self.dense('dis', h), int(self.mats['dis'][2][0])
        dot = q @ k.T
        place = np.arange(n)
        near = np.take_along_axis(t, self.bin(place[None, :] - place[:, None]), 1)
        full = np.full((n + 1, n + 1), -(1 << 30), np.int64)
        up, down = max(0, e - 6), max(0, 6 - e)
        full[1:, 1:] = (dot << up) + (near << down)
        full[1:, 0] = t[:, self.n_bins - 1] << down
        return full

    def read(self, words, trace=None):
        """(morph, heads, label, ner) indices; heads count from 1, 0 is the root."""
        h = self.encode(words, trace)
        morph = self.dense('mor', h).argmax(1)
        full = self.scores(h)
        heads = tree.decode(full)[1:]
        u, v = self.shifted('rdp', h).clip(-32768, 32767), self.shifted('rhd', h).clip(-32768, 32767)
        place = np.arange(1, len(words) + 1)
        b = np.where(heads > 0, self.bin(heads - place), self.n_bins - 1)
        z = (u + np.where((heads > 0)[:, None], v[heads - 1], 0) + self.relbin[b]).clip(0, 255)
        r = self.dense('rel', z).astype(np.int64)
        root = self.label.index('root')
        r[:, root] = np.where(heads == 0, 1 << 40, -(1 << 40))
        ner = self.dense('ner', h)
        tags = evaluate.viterbi(ner.astype(np.int64))
        if trace is not None:
            trace += [full, z, r, ner]
        return morph, heads, r.argmax(1), tags

    def annotate(self, batch):
        for s in batch:
            morph, heads, label, tags = self.read(s.words)
            s.morph, s.labels = [self.morph[k] for k in morph], [self.label[k] for k in label]
            s.heads, s.ner = [int(k) for k in heads], tags
        self.lemmas.add(batch)


def conllu(model, path):
    """The file with columns 3 to 8 replaced and MISC blanked; token ranges and document comments kept."""
    with open(path, encoding='utf-8') as f:
        for block in f.read().split('\n\n'):
            rows = [r.split('\t') for r in block.split('\n') if r and (r[0] != '#' or r.startswith(('# newdoc', '# text')))]
            rows = [r for r in rows if '.' not in r[0] or r[0][0] == '#']
            s = data.Sentence([r[1] for r in rows if r[0].isdigit()])
            if s.words:
                model.annotate([s])
                k = 0
                for r in rows:
                    if r[0].isdigit():
                        r[2:9] = [s.lemmas[k], *s.morph[k].split('\t'), str(s.heads[k]), s.labels[k], '_']
                        k += 1
                print('\n'.join('\t'.join(r) for r in rows) + '\n')


def main(path, verb, out=None, n='20'):
    model = Model(path)
    if verb == 'eval':
        print(evaluate.quick(model.annotate))
        return
    if verb == 'conllu':
        conllu(model, out)
        return
    arrays, sentences = {}, data.treebanks('dev')[0][:int(n)]
    for i, s in enumerate(sentences):
        trace = []
        result = model.read(s.words, trace)
        for name, x in zip([*('h%d' % k for k in range(len(model.layers) + 1)), 'arc', 'z', 'rel', 'ner'], trace):
            arrays['%d.%s' % (i, name)] = x
        for name, x in zip(('morph', 'heads', 'label', 'tags'), result):
            arrays['%d.%s' % (i, name)] = np.array(x)
        arrays['%d.words' % i] = np.array('\n'.join(s.words))
    np.savez_compressed(out, **arrays)


if __name__ == '__main__':
    main(*sys.argv[1:])
