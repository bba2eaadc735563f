"""Figures on the development sets, on gold tokens, in the measure of score_ud.py and score_ner.py."""
import copy
import os
import random

import numpy as np

import data

_B, _S = {}, {}


def _moves():
    """allowed[previous, next] of BILOU tags, and which may begin and end."""
    n = len(data.NER)
    ok = np.zeros((n, n), bool)
    for i, a in enumerate(data.NER):
        for j, b in enumerate(data.NER):
            inside = a[0] in 'BI'
            ok[i, j] = (b[0] in 'IL' and a[2:] == b[2:]) if inside else b[0] in 'OBU'
    first = np.array([t[0] in 'OBU' for t in data.NER])
    last = np.array([t[0] in 'OLU' for t in data.NER])
    return ok, first, last


OK, FIRST, LAST = _moves()


def viterbi(scores):
    """The best valid BILOU sequence (indices); scores[word, tag] of any kind, ties to the lower index."""
    path = scores.argmax(1)
    if FIRST[path[0]] and LAST[path[-1]] and OK[path[:-1], path[1:]].all():
        return [int(k) for k in path]
    low = -10 ** 9
    block = np.where(OK, 0, low)
    best = np.where(FIRST, scores[0], low)
    back = []
    for row in scores[1:]:
        m = best[:, None] + block
        back.append(m.argmax(0))
        best = m.max(0) + row
    best = np.where(LAST, best, low)
    path = [int(best.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


def strip(sentences):
    return [data.Sentence(s.words) for s in sentences]


def run(annotate, sentences, size=4000):
    """Annotated copies in the given order."""
    copies = strip(sentences)
    for batch in data.batches(copies, size, random.Random(0)):
        annotate(batch)
    return copies


def parse_figures(gold, pred):
    n = right = 0
    c = dict(upos=0, xpos=0, feats=0, uas=0, las=0, full=0)
    lemma = 0
    for g, p in zip(gold, pred):
        for i in range(len(g.words)):
            n += 1
            a, b = g.morph[i].split('\t'), p.morph[i].split('\t')
            c['upos'] += a[0] == b[0]
            c['xpos'] += a[1] == b[1]
            c['feats'] += a[2] == b[2]
            h = g.heads[i] == p.heads[i]
            c['uas'] += h
            c['las'] += h and g.labels[i].split(':')[0] == p.labels[i].split(':')[0]
            c['full'] += h and g.labels[i] == p.labels[i]
            if p.lemmas:
                lemma += g.lemmas[i] in ('_', p.lemmas[i])
    out = {k: v / n for k, v in c.items()}
    if lemma:
        out['lemma'] = lemma / n
    return out


def ner_figures(gold, pred, types):
    """P, R, F1 of typed spans; gold is [(words, BIO tags)], types our type → the set's."""
    right = found = there = 0
    for (words, tags), p in zip(gold, pred):
        a = {x for x in data.spans(tags) if x[2] in set(types.values())}
        b = {(s, e, types[t]) for s, e, t in data.bilou_spans(p.ner) if t in types}
        right, found, there = right + len(a & b), found + len(b), there + len(a)
    p, r = right / max(1, found), right / max(1, there)
    return 2 * p * r / max(1e-9, p + r), p, r


def raw_bio(path):
    out = []
    with open(path, encoding='utf-8') as f:
        for block in f.read().split('\n\n'):
            rows = [line.split('\t') for line in block.split('\n') if line]
            if rows:
                out.append(([r[0] for r in rows], [r[1] for r in rows]))
    return out


CONLL = {'PERSON': 'PER', 'ORG': 'ORG', 'GPE': 'LOC', 'LOC': 'LOC', 'FAC': 'LOC'}
WORLD = {'PERSON': 'Person', 'ORG': 'Organization', 'GPE': 'Location', 'LOC': 'Location', 'FAC': 'Facility', 'NORP': 'NORP',
         'PRODUCT': 'Product', 'EVENT': 'Misc', 'WORK': 'Misc'}
WNUT = {'PERSON': 'person', 'GPE': 'location', 'LOC': 'location', 'FAC': 'location', 'ORG': 'group', 'PRODUCT': 'product',
        'WORK': 'creative-work'}
WIKI = dict(CONLL, NORP='MISC', EVENT='MISC', WORK='MISC', PRODUCT='MISC')


def entity_dev():
    """[(name, gold, types)]"""
    f = lambda name: raw_bio(os.path.join(data.DATA, 'ner', name))
    wiki = f('wikigold_dev.bio')
    wnut = [(w, [t.replace('corporation', 'group') for t in tags]) for w, tags in f('wnut17_dev.bio')]
    return [('uner', f('uner_ewt_dev.bio'), CONLL), ('wnut17', wnut, WNUT), ('worldwide', f('worldwide_dev.bio'), WORLD),
            ('wikigold10', wiki[len(wiki) * 9 // 10:], WIKI)]


def quick(annotate, entities=True):
    """One line of figures."""
    out = []
    for name, gold in zip(('EWT', 'GUM'), data.treebanks('dev')):
        f = parse_figures(gold, run(annotate, gold))
        out.append(name + ' ' + ' '.join('%s %.4f' % x for x in f.items()))
    if entities:
        for name, gold, types in entity_dev():
            pred = run(annotate, [data.Sentence(w) for w, _ in gold])
            out.append('%s F %.4f P %.4f R %.4f' % ((name,) + ner_figures(gold, pred, types)))
    return ' | '.join(out)
