"""Trains a student on annotated corpora.

    python train_student.py OUT.pt --config c.json [--steps N] NAME.npz:SHARE ...

SHARE is the part of the words of training that a corpus gives. The last fifth of the steps runs with rounded weights and
activations. Goes on from OUT.pt.state if that is there.
"""
import argparse
import json
import os
import time

import numpy as np
import torch
from torch import nn

import corpus
import data
import evaluate
import student


class Source:
    """Endless shuffled batches of one corpus."""

    def __init__(self, path, model, remap, size, seed):
        self.c, self.model, self.size, self.rng = corpus.Corpus.load(path), model, size, np.random.default_rng(seed)
        self.rows, self.keys = model.lookup(self.c.types)
        self.lengths = np.diff(self.c.start)
        self.c.morph = remap[self.c.morph]  # -1 takes the last: -1
        self.queue = []

    def next(self, drop):
        if not self.queue:
            self.queue = corpus.index_batches(self.lengths, self.size, self.rng)
        ids = self.queue.pop()
        spans = [(self.c.start[i], self.c.start[i + 1]) for i in ids]
        n = max(b - a for a, b in spans)
        words = [self.c.word[a:b] for a, b in spans]
        rows = [self.rows[w] for w in words]
        keys = [self.keys[w] for w in words]
        if drop:
            for r in rows:
                gone = self.rng.random(len(r)) < drop
                r[gone, 0] = self.model.features.start[1] + self.rng.integers(0, 64)
                r[gone, 1] = self.model.features.rows
            keys = [np.where(self.rng.random(len(k)) < drop, np.uint64(1), k) for k in keys]
        out = self.model.tensors(rows, keys, n)
        for f in ('morph', 'head', 'label', 'ner'):
            y = np.full((len(ids), n), -1, np.int64)
            for i, (a, b) in enumerate(spans):
                y[i, :b - a] = getattr(self.c, f)[a:b]
            out[f] = torch.from_numpy(y)
        return out


def vocabulary(paths, least):
    """Folded words by frequency over the corpora."""
    import collections
    import features
    count = collections.Counter()
    for p in paths:
        c = corpus.Corpus.load(p)
        n = np.bincount(c.word, minlength=len(c.types))
        for w, k in zip(c.types, n):
            count[features.lower(features.fold(w))] += int(k)
    return [w for w, k in sorted(count.items(), key=lambda x: (-x[1], x[0])) if k >= least]


def main():
    p = argparse.ArgumentParser()
    p.add_argument('out')
    p.add_argument('corpora', nargs='+')
    p.add_argument('--config', required=True)
    p.add_argument('--teacher', default='work/labels.json', help='label inventories of the corpora')
    p.add_argument('--steps', type=int, default=3000)
    p.add_argument('--batch', type=int, default=3000)
    p.add_argument('--init', default='', help='begin from this student: same config, words and labels as the one made here')
    p.add_argument('--warm', type=int, default=200)
    p.add_argument('--minutes', type=float, default=0, help='end by the clock, not by steps (not repeatable: for a busy machine)')
    p.add_argument('--lr', type=float, default=2e-3)
    p.add_argument('--words', type=int, default=32000)
    p.add_argument('--least', type=int, default=3)
    p.add_argument('--morph', type=int, default=192)
    p.add_argument('--word-drop', type=float, default=0.05)
    p.add_argument('--quant-from', type=float, default=0.88)
    p.add_argument('--eval-every', type=int, default=1000)
    p.add_argument('--no-eval', dest='eval', action='store_false')
    args = p.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(1)
    with open(args.config) as f:
        config = json.load(f)
    with open(args.teacher) as f:
        inventory = json.load(f)
    paths = [c.rpartition(':')[0] for c in args.corpora]
    shares = np.array([float(c.rpartition(':')[2]) for c in args.corpora])
    labels = data.Labels([])
    labels.morph, labels.label = inventory['morph'][:args.morph], inventory['label']
    labels.morph_of = {m: i for i, m in enumerate(labels.morph)}
    labels.label_of = {m: i for i, m in enumerate(labels.label)}
    remap = np.array([i if i < args.morph else -1 for i in range(len(inventory['morph']))] + [-1])
    words = vocabulary(paths, args.least)[:args.words]
    model = student.Student(config, words, labels)
    if args.init:
        old = student.load(args.init)
        assert old.features.vocabulary == words and old.labels.morph == labels.morph
        model.load_state_dict(old.state_dict())
    sources = [Source(path, model, remap, args.batch, i) for i, path in enumerate(paths)]
    rng = np.random.default_rng(5)
    opt = torch.optim.AdamW(model.parameters(), lr=args.lr, weight_decay=0.0, betas=(0.9, 0.98), fused=True)
    print(len(words), 'words,', model.features.rows, 'rows,', sum(p.numel() for p in model.parameters()), 'parameters,',
          model.macs(), 'multiply-adds a word', flush=True)
    first, kept = 0, args.out + '.state'
    if os.path.exists(kept):
        s = torch.load(kept, weights_only=False)
        model.load_state_dict(s['model'])
        opt.load_state_dict(s['opt'])
        first = s['step']
    t0, seen = time.time(), np.zeros(4)
    for step in range(first, args.steps):
        model.train()
        done = (time.time() - t0) / 60 / args.minutes if args.minutes else step / args.steps
        if done >= 1:
            break
        model.quant = done >= args.quant_from
        for g in opt.param_groups:
            g['lr'] = args.lr * min(1, (step + 1) / args.warm) * (0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * done)))
        batch = sources[rng.choice(len(sources), p=shares / shares.sum())].next(args.word_drop)
        loss, parts = model.loss(batch)
        opt.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        opt.step()
        seen += parts
        if (step + 1) % 100 == 0:
            print('step %d/%d %.0f s morph %.3f arc %.3f label %.3f ner %.3f' % (step + 1, args.steps, time.time() - t0, *seen / 100), flush=True)
            seen[:] = 0
        if (step + 1) % args.eval_every == 0 or step + 1 == args.steps:
            model.eval()
            student.save(model, args.out)
            torch.save({'model': model.state_dict(), 'opt': opt.state_dict(), 'step': step + 1}, kept)
            print('at', step + 1, evaluate.quick(model.annotate, False) if args.eval else '', flush=True)
    model.eval()
    student.save(model, args.out)
    if args.minutes and args.eval:
        print('at', step, evaluate.quick(model.annotate), flush=True)
    if os.path.exists(kept):
        os.remove(kept)


if __name__ == '__main__':
    main()
