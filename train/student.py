"""The network that ships: sums of embedding rows, a few residual layers on neighbours, heads for everything.

All activations are made so that 8 bits hold them: the stream is clipped to [0, 255/32]; see FORMAT.md. With quant set,
weights and activations are rounded as the integer arithmetic rounds them, gradients passing straight through.
"""
import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import data
import features

TOP = 255 / 32
BINS = [1, 2, 3, 4, 6, 9, 14, 22]  # upper ends of distances; past the last one bin more
ROOT_BIN = 2 * (len(BINS) + 1)


def distance_bin(d):
    """Bin of head position minus dependent position, an array; not for the root."""
    return np.searchsorted(BINS, np.abs(d), side='left') + (len(BINS) + 1) * (d > 0)


class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.floor(x + 0.5)

    @staticmethod
    def backward(ctx, g):
        return g


def grid(x, scale, low, high):
    """x on the grid of 1/scale, clipped to low..high steps."""
    return Round.apply(x * scale).clamp(low, high) / scale


def exponent(w, per_row=True):
    """The largest e with |w| 2^e ≤ 127, by row or for the whole."""
    top = w.detach().abs().amax(1, keepdim=True) if per_row else w.detach().abs().amax()
    return torch.floor(torch.log2(127.49 / top.clamp(min=1e-6))).clamp(1, 14)


class Pool:
    """Dropout from a long row of random zeroes made once and read from random places: drawing afresh costs a sixth of a step."""
    LENGTH = 1 << 22

    def __init__(self):
        self.rows = {}

    def __call__(self, x, p):
        if p not in self.rows:
            g = torch.Generator().manual_seed(11)
            self.rows[p] = (torch.rand(self.LENGTH, generator=g) >= p).float() / (1 - p)
            self.rows[p] = torch.cat([self.rows[p], self.rows[p]])
        k = x.numel()
        if k > self.LENGTH:
            return F.dropout(x, p)
        at = int(torch.randint(self.LENGTH, ()))
        return x * self.rows[p][at:at + k].view(x.shape)


dropout = Pool()


class Dense(nn.Module):
    """A matrix with bias, rounded to 8 bits by row (or as a whole, for heads whose outputs are compared)."""

    def __init__(self, n_in, n_out, gain=1.0, per_row=True, bias=0.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_out, n_in) * gain / n_in ** 0.5)
        self.bias = nn.Parameter(torch.full((n_out,), float(bias)))
        self.per_row = per_row

    def rounded(self):
        """Weight and bias on their grids; the input is on that of 1/32."""
        s = torch.exp2(exponent(self.weight, self.per_row))
        b = 32 * s.squeeze()
        return Round.apply(self.weight * s).clamp(-127, 127) / s, Round.apply(self.bias * b) / b

    def forward(self, x, quant):
        if quant:
            return F.linear(x, *self.rounded())
        if self.training:  # half the time of single precision, and the rounding does no harm
            return F.linear(x.bfloat16(), self.weight.bfloat16(), self.bias.bfloat16()).float()
        return F.linear(x, self.weight, self.bias)


class Student(nn.Module):
    def __init__(self, config, vocabulary, labels):
        super().__init__()
        self.config, self.labels, self.quant = config, labels, False
        self.features = f = features.Features(vocabulary)
        d = self.d = config['width']
        self.table = nn.EmbeddingBag(f.rows + 1, d, mode='sum', padding_idx=f.rows)
        with torch.no_grad():
            self.table.weight.normal_(0, 0.25)
            self.table.weight[f.rows] = 0
        self.bigrams, self.bigram_width = config.get('bigrams', 0), config.get('bigram_width', 0)
        if self.bigrams:
            self.pairs = nn.Embedding(self.bigrams, self.bigram_width)
            nn.init.normal_(self.pairs.weight, 0, 0.05)
        self.table_bias = nn.Parameter(torch.full((d,), 0.2))
        self.layers = nn.ModuleList(Dense(d + 2 * s + 2 * g, d, 0.7) for s, g, _ in config['layers'])
        a, r = config['arc'], config['rel']
        self.morph = Dense(d, len(labels.morph), per_row=False)
        self.ner = Dense(d, len(data.NER), per_row=False)
        self.query, self.key = Dense(d, a), Dense(d, a, bias=0.3)
        self.distance = Dense(d, ROOT_BIN + 1, 0.5, per_row=False)
        self.rel_dep, self.rel_head = Dense(d, r), Dense(d, r)
        self.rel_bin = nn.Parameter(torch.randn(ROOT_BIN + 1, r) * 0.1)
        self.rel = Dense(r, len(labels.label), per_row=False)
        self.drop = config.get('dropout', 0.1)
        self.known = {}

    def macs(self, n=22):
        """Multiply-adds a word in a sentence of n words."""
        c, d = self.config, self.d
        out = sum((d + 2 * s + 2 * g) * d for s, g, _ in c['layers'])
        return out + d * (len(self.labels.morph) + len(data.NER) + 2 * c['arc'] + ROOT_BIN + 1 + 2 * c['rel']) + \
            n * c['arc'] + c['rel'] * len(self.labels.label)

    def steps(self, x):
        """The stream on its grid."""
        return grid(x, 32, 0, 255) if self.quant else x.clamp(0, TOP)

    def embed(self, rows, pairs):
        """rows [b, n, 11] (padding: the last row), pairs [b, n] of bigram rows."""
        b, n, k = rows.shape
        if self.quant:
            x = grid(F.embedding(rows, self.table.weight, padding_idx=self.features.rows), 64, -127, 127).sum(2)
            x = x + Round.apply(self.table_bias * 64) / 64
        else:
            x = F.embedding_bag(rows.reshape(-1, k), self.table.weight, mode='sum', padding_idx=self.features.rows).view(b, n, -1)
            x = x + self.table_bias
        if self.bigrams:
            p = self.pairs(pairs)
            p = grid(p, 64, -127, 127) if self.quant else p
            x = torch.cat([x[..., :self.bigram_width] + p, x[..., self.bigram_width:]], -1)
        return x

    def encode(self, rows, pairs, real):
        """The stream after the last layer; real [b, n, 1] is 1 for words and 0 for padding."""
        h = self.steps(self.embed(rows, pairs)) * real
        for layer, (s, g, dist) in zip(self.layers, self.config['layers']):
            if self.training and self.drop:
                h = dropout(h, self.drop)
            parts, d = [h], self.d
            if s:
                left, right = h[..., :s], h[..., d - s:]
                parts += [F.pad(left, (0, 0, dist, 0))[:, :h.shape[1]], F.pad(right, (0, 0, 0, dist))[:, dist:]]
            if g:
                parts += [torch.cummax(h[..., :g], 1)[0], torch.cummax(h[..., d - g:].flip(1), 1)[0].flip(1)]
            h = self.steps(h + layer(torch.cat(parts, -1), self.quant)) * real
        if self.training and self.drop:
            h = dropout(h, self.drop)
        return h

    def arcs(self, h, bins):
        """score[b, dependent, head], head 0 the root; bins [n, n] of distance_bin(head - dependent)."""
        q, k = self.query(h, self.quant), self.key(h, self.quant)
        q = grid(q, 16, -127, 127) if self.quant else q.clamp(-127 / 16, 127 / 16)
        k = self.steps(k)
        t = self.distance(h, self.quant)
        score = q @ k.transpose(1, 2) * 0.25 + t.gather(2, bins.expand(len(h), -1, -1))
        return torch.cat([t[..., ROOT_BIN:], score], 2)

    def rels(self, h, heads):
        """label scores of words with the given heads (0: the root) [b, n]."""
        u, v = self.rel_dep(h, self.quant), self.rel_head(h, self.quant)
        if self.quant:
            u, v = grid(u, 32, -32768, 32767), grid(v, 32, -32768, 32767)
        n = h.shape[1]
        v = v.gather(1, (heads - 1).clamp(min=0)[..., None].expand(-1, -1, v.shape[2])) * (heads > 0)[..., None]
        place = torch.arange(1, n + 1)
        bins = torch.from_numpy(distance_bin((heads - place).numpy()))
        e = self.rel_bin
        e = grid(e, 32, -32768, 32767) if self.quant else e
        z = self.steps(u + v + e[torch.where(heads > 0, bins, ROOT_BIN)])
        if self.training and self.drop:
            z = dropout(z, self.drop)
        return self.rel(z, self.quant)

    def loss(self, batch):
        h = self.encode(batch['rows'], batch['pairs'], batch['real'])
        ce = lambda s, y: F.cross_entropy(s.reshape(-1, s.shape[-1]), y.reshape(-1), ignore_index=-1, reduction='sum') / (y >= 0).sum().clamp(min=1)
        arcs = self.arcs(h, batch['bins'])
        off = torch.cat([torch.ones_like(batch['real'][:, :1, 0]), batch['real'][..., 0]], 1)[:, None, :] == 0
        arcs = arcs.masked_fill(off, -1e4)
        parts = [ce(self.morph(h, self.quant), batch['morph']), ce(arcs, batch['head']),
                 ce(self.rels(h, batch['head'].clamp(min=0)), batch['label']), ce(self.ner(h, self.quant), batch['ner'])]
        return parts[0] + parts[1] + parts[2] + 0.7 * parts[3], [p.item() for p in parts]

    # what words look like
    def lookup(self, words):
        """Feature rows [len(words), 11] and bigram keys of words."""
        rows, keys = np.zeros((len(words), 11), np.int64), np.zeros(len(words), np.uint64)
        for i, w in enumerate(words):
            if w not in self.known:
                self.known[w] = self.features.word(w), self.features.key(w)
            rows[i], keys[i] = self.known[w]
        return rows, keys

    def tensors(self, rows, keys, n):
        """rows, pairs, real, bins of padded sentences; rows: list of arrays [len, 11]; keys: list of arrays."""
        b = len(rows)
        r = np.full((b, n, 11), self.features.rows, np.int64)
        k = np.zeros((b, n + 1), np.uint64)
        real = np.zeros((b, n, 1), np.float32)
        for i, (x, y) in enumerate(zip(rows, keys)):
            m = len(x)
            r[i, :m, :9], k[i, 1:m + 1], real[i, :m] = x[:, :9], y, 1
            r[i, 1:m, 9], r[i, :m - 1, 10] = x[:-1, 9], x[1:, 10]
        place = np.arange(n)
        out = {'rows': torch.from_numpy(r), 'real': torch.from_numpy(real), 'pairs': None,
               'bins': torch.from_numpy(distance_bin(place[None, :] - place[:, None]))}
        if self.bigrams:
            out['pairs'] = torch.from_numpy(features.bigram(k[:, :-1], k[:, 1:], self.bigrams))
        return out

    @torch.no_grad()
    def annotate(self, batch):
        """Sets morph, heads, labels, ner of sentences."""
        import evaluate
        import tree
        n = max(len(s.words) for s in batch)
        found = [self.lookup(s.words) for s in batch]
        t = self.tensors([f[0] for f in found], [f[1] for f in found], n)
        h = self.encode(t['rows'], t['pairs'], t['real'])
        morph, ner = self.morph(h, self.quant).argmax(-1).numpy(), self.ner(h, self.quant).numpy()
        arcs = self.arcs(h, t['bins']).numpy()
        heads = np.zeros((len(batch), n), np.int64)
        for i, s in enumerate(batch):
            m = len(s.words)
            full = np.full((m + 1, m + 1), -1e9)
            full[1:] = arcs[i, :m, :m + 1]
            heads[i, :m] = tree.decode(full)[1:]
        rels = self.rels(h, torch.from_numpy(heads)).numpy()
        root = self.labels.label_of['root']
        for i, s in enumerate(batch):
            m = len(s.words)
            s.morph = [self.labels.morph[k] for k in morph[i, :m]]
            s.heads = [int(k) for k in heads[i, :m]]
            r = rels[i, :m]
            r[:, root] = np.where(heads[i, :m] == 0, 1e9, -1e9)
            s.labels = [self.labels.label[k] for k in r.argmax(-1)]
            s.ner = evaluate.viterbi(ner[i, :m])


def save(model, path):
    torch.save({'config': model.config, 'vocabulary': model.features.vocabulary, 'quant': model.quant,
                'labels': (model.labels.morph, model.labels.label), 'state': model.state_dict()}, path)


def load(path):
    x = torch.load(path, weights_only=False)
    labels = data.Labels([])
    labels.morph, labels.label = x['labels']
    labels.morph_of = {m: i for i, m in enumerate(labels.morph)}
    labels.label_of = {m: i for i, m in enumerate(labels.label)}
    model = Student(x['config'], x['vocabulary'], labels)
    model.load_state_dict(x['state'])
    model.quant = x['quant']
    return model.eval()
