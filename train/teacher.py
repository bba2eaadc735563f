"""The teacher: MiniLM fine-tuned for morphology, dependency trees and entities, several heads on one encoder.

    python teacher.py train OUT.pt [--epochs N]     python teacher.py eval IN.pt
"""
import argparse
import random
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import bert
import data
import evaluate
import tree


class Teacher(nn.Module):
    def __init__(self, labels, arc=256, rel=96):
        super().__init__()
        self.labels, self.pieces = labels, bert.Pieces()
        self.bert = bert.Bert()
        d = self.bert.d
        self.mix = nn.Parameter(torch.zeros(2, 3))
        self.drop = nn.Dropout(0.2)
        self.root = nn.Parameter(torch.randn(d) * 0.02)
        self.tag_hidden = nn.Linear(d, d)
        self.morph = nn.Linear(d, len(labels.morph))
        self.ner_hidden = nn.Linear(d, d)
        self.ner = nn.Linear(d, len(data.NER))
        self.arc_dep, self.arc_head = nn.Linear(d, arc), nn.Linear(d, arc)
        self.arc = nn.Parameter(torch.randn(arc + 1, arc) * 0.02)
        self.rel_dep, self.rel_head = nn.Linear(d, rel), nn.Linear(d, rel)
        self.rel = nn.Parameter(torch.randn(rel + 1, len(labels.label), rel + 1) * 0.01)

    def words(self, sentences):
        ids, case, lengths, first = self.pieces.batch(sentences)
        outs = self.bert(ids, case, lengths)
        outs = torch.stack([o.float() for o in outs], -1)
        take = lambda m: (outs @ F.softmax(m, 0)).gather(1, first[..., None].expand(-1, -1, outs.shape[2]))
        return self.drop(take(self.mix[0])), self.drop(take(self.mix[1]))

    def tags(self, x):
        return self.morph(self.drop(F.gelu(self.tag_hidden(x))))

    def entities(self, x):
        return self.ner(self.drop(F.gelu(self.ner_hidden(x))))

    def arcs(self, x):
        """score[b, dependent, head] with head 0 the root; and the vectors for labels."""
        x = torch.cat([self.root.expand(len(x), 1, -1), x], 1)
        dep, head = self.drop(F.gelu(self.arc_dep(x))), self.drop(F.gelu(self.arc_head(x)))
        one = torch.ones_like(dep[..., :1])
        return torch.cat([dep, one], -1) @ self.arc @ head.transpose(1, 2), x

    def rels(self, x, heads):
        """label scores of each word (rows without the root) with the given heads."""
        dep, head = self.drop(F.gelu(self.rel_dep(x[:, 1:]))), self.drop(F.gelu(self.rel_head(x)))
        head = head.gather(1, heads[..., None].expand(-1, -1, head.shape[2]))
        one = torch.ones_like(dep[..., :1])
        dep, head = torch.cat([dep, one], -1), torch.cat([head, one], -1)
        b, n, r = dep.shape
        left = (dep.reshape(b * n, r) @ self.rel.view(r, -1)).view(b * n, -1, r)
        return torch.einsum('xlr,xr->xl', left, head.reshape(b * n, r)).view(b, n, -1)

    def loss_parse(self, batch):
        x, _ = self.words(batch)
        b, n = x.shape[:2]
        pad = lambda rows: torch.tensor([r + [-100] * (n - len(r)) for r in rows])
        morph = pad([[self.labels.morph_of.get(m, -100) for m in s.morph] for s in batch])
        heads, labels = pad([s.heads for s in batch]), pad([[self.labels.label_of.get(y, -100) for y in s.labels] for s in batch])
        arcs, full = self.arcs(x)
        lengths = torch.tensor([len(s.words) + 1 for s in batch])
        arcs = arcs.float().masked_fill((torch.arange(n + 1) >= lengths[:, None])[:, None, :], -1e4)
        rels = self.rels(full, heads.clamp(min=0))
        ce = lambda s, y: F.cross_entropy(s.float().reshape(-1, s.shape[-1]), y.reshape(-1), ignore_index=-100)
        return ce(self.tags(x), morph) + ce(arcs[:, 1:], heads) + ce(rels, labels)

    def loss_ner(self, batch):
        _, x = self.words(batch)
        logp = F.log_softmax(self.entities(x).float(), -1)
        mask = torch.full(logp.shape, -1e4)
        real = torch.zeros(logp.shape[:2])
        for i, s in enumerate(batch):
            real[i, :len(s.words)] = s.weight
            for k, a in enumerate(s.ner):
                mask[i, k, a] = 0
        return -(torch.logsumexp(logp + mask, -1) * real).sum() / (real > 0).sum()

    @torch.no_grad()
    @torch.autocast('cpu', torch.bfloat16)
    def annotate(self, batch):
        """Sets morph, heads, labels where they are missing, and ner (BILOU indices); entity tags of a set (lists) are kept to."""
        x, y = self.words(batch)
        morph = self.tags(x).argmax(-1).numpy()
        ner = F.log_softmax(self.entities(y).float(), -1).numpy()
        arcs, full = self.arcs(x)
        arcs = arcs.float().numpy()
        heads = np.zeros(arcs.shape[:2], np.int64)
        for i, s in enumerate(batch):
            n = len(s.words) + 1
            heads[i, 1:n] = s.heads or tree.decode(arcs[i, :n, :n])[1:]
        rels = self.rels(full, torch.from_numpy(heads[:, 1:])).float().numpy()
        root = self.labels.label_of['root']
        for i, s in enumerate(batch):
            n = len(s.words)
            s.morph = s.morph or [self.labels.morph[k] for k in morph[i, :n]]
            s.heads = [int(k) for k in heads[i, 1:n + 1]]
            r = rels[i, :n]
            r[:, root] = np.where(heads[i, 1:n + 1] == 0, 1e9, -1e9)
            s.labels = s.labels or [self.labels.label[k] for k in r.argmax(-1)]
            scores = ner[i, :n]
            if s.ner:
                mask = np.full(scores.shape, -1e4)
                for k, tags in enumerate(s.ner):
                    mask[k, tags] = 0
                scores = scores + mask
            s.ner = evaluate.viterbi(scores)


def save(model, path):
    torch.save({'labels': (model.labels.morph, model.labels.label), 'state': model.state_dict()}, path)


def load(path):
    d = torch.load(path, weights_only=False)
    labels = data.Labels([])
    labels.morph, labels.label = d['labels']
    labels.morph_of = {m: i for i, m in enumerate(labels.morph)}
    labels.label_of = {m: i for i, m in enumerate(labels.label)}
    model = Teacher(labels)
    model.load_state_dict(d['state'])
    return model.eval()


def train(args):
    random.seed(1)
    torch.manual_seed(1)
    rng = random.Random(1)
    ewt, gum = data.treebanks('train')
    bank = ewt + gum
    if args.resume:
        model = load(args.resume)
        model.bert.words.weight.requires_grad_(False)
    else:
        model = Teacher(data.Labels(bank, 2))
        model.bert.load()
    sets = [s for _, x, _ in data.entity_sets() for s in x]
    silver = data.read_bio(args.silver, 'onto', args.silver_sentences) if args.silver else []
    for s in silver:
        s.weight = 0.5
    sets += silver
    print(len(bank), 'trees', len(sets), 'with entities', len(model.labels.morph), len(model.labels.label), flush=True)
    body = [p for n, p in model.named_parameters() if n.startswith('bert.') and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith('bert.')]
    opt = torch.optim.AdamW([{'params': body, 'lr': args.lr}, {'params': heads, 'lr': args.head_lr}], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    per = len(data.batches(bank, args.batch, rng))
    total, step, t0 = per * args.epochs, 0, time.time()
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min(1, (k + 1) / args.warm) * args.from_lr * max(0.02, 1 - k / total))
    entity_batches = []
    for epoch in range(args.epochs):
        model.train()
        seen = [0.0, 0.0]
        for batch in data.batches(bank, args.batch, rng):
            if not entity_batches:
                entity_batches = data.batches(sets, args.batch, rng)
            opt.zero_grad()
            with torch.autocast('cpu', torch.bfloat16):
                loss = model.loss_parse(batch)
            loss.backward()
            seen[0] += loss.item()
            if step % 2 == 0:
                with torch.autocast('cpu', torch.bfloat16):
                    other = model.loss_ner(entity_batches.pop())
                other.backward()
                seen[1] += other.item() * 2
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            opt.step()
            sched.step()
            step += 1
            if step % 50 == 0:
                print('step %d/%d %.0f s loss %.3f ner %.3f' % (step, total, time.time() - t0, seen[0] / 50, seen[1] / 50), flush=True)
                seen = [0.0, 0.0]
        model.eval()
        save(model, args.file)
        print('epoch', epoch + 1, '%.0f s' % (time.time() - t0), evaluate.quick(model.annotate, epoch + 1 == args.epochs), flush=True)


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('verb', choices=['train', 'eval'])
    p.add_argument('file')
    p.add_argument('--epochs', type=int, default=8)
    p.add_argument('--batch', type=int, default=1000)
    p.add_argument('--lr', type=float, default=1.5e-4)
    p.add_argument('--head-lr', type=float, default=1e-3)
    p.add_argument('--resume', default='', help='go on from these weights')
    p.add_argument('--warm', type=int, default=200)
    p.add_argument('--from-lr', type=float, default=1.0, help='part of the learning rate to begin with')
    p.add_argument('--silver', default='')
    p.add_argument('--silver-sentences', type=int, default=20000)
    args = p.parse_args()
    torch.set_num_threads(2)
    train(args) if args.verb == 'train' else print(evaluate.quick(load(args.file).annotate))
