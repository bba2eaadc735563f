"""The teacher's annotation of everything the student is trained on; gold layers stay as they are.

    python silver_label.py TEACHER.pt SILVER.bio OUT_FOLDER [--tokens N] [--skip N]

Writes gold.npz (treebanks, entities by the teacher), entities.npz (entity sets, parse by the teacher) and silver.npz (all by
the teacher). The entity labels that SILVER.bio has are not used here: the teacher has learnt from some of them.
"""
import argparse
import random
import time
from collections import Counter

import torch

import corpus
import data
import teacher


def annotate(model, sentences, size=6000):
    t0, n = time.time(), 0
    for k, batch in enumerate(data.batches(sentences, size, random.Random(0))):
        model.annotate(batch)
        n += sum(len(s.words) for s in batch)
        if k % 50 == 49:
            print('%d words, %.0f a second' % (n, n / (time.time() - t0)), flush=True)


def smooth(sentences, least=6, share=0.75):
    """Gives a name that has one type nearly everywhere that type everywhere. Returns how many mentions changed."""
    seen, changed = {}, 0
    for s in sentences:
        for a, b, kind in data.bilou_spans(s.ner):
            seen.setdefault(' '.join(s.words[a:b]), Counter())[kind] += 1
    for s in sentences:
        for a, b, kind in data.bilou_spans(s.ner):
            c = seen[' '.join(s.words[a:b])]
            top, n = min(c.items(), key=lambda x: (-x[1], x[0]))
            if top != kind and sum(c.values()) >= least and n >= share * sum(c.values()):
                for k in range(a, b):
                    s.ner[k] = data.NER.index(data.NER[s.ner[k]][:2] + top)
                changed += 1
    return changed


def main():
    p = argparse.ArgumentParser()
    p.add_argument('teacher')
    p.add_argument('silver')
    p.add_argument('out')
    p.add_argument('--tokens', type=int, default=3_000_000)
    p.add_argument('--skip', type=int, default=0, help='tokens passed over first')
    p.add_argument('--name', default='silver')
    p.add_argument('--gold', action='store_true', help='the gold sets too')
    args = p.parse_args()
    torch.set_num_threads(2)
    model = teacher.load(args.teacher)
    if args.gold:
        ewt, gum = data.treebanks('train')
        names = data.read_bio(data.DATA + '/ner/gum_names_free_train.bio', 'conll')
        same = {tuple(s.words): s.ner for s in names}
        for s in gum:
            s.ner = same.get(tuple(s.words))
        print(sum(s.ner is not None for s in gum), 'of', len(gum), 'GUM sentences with gold names')
        annotate(model, ewt + gum)
        corpus.Corpus.of(ewt + gum, model.labels).save(args.out + '/gold.npz')
        sets = [s for name, x, _ in data.entity_sets() if name != 'gum' for s in x]
        annotate(model, sets)
        corpus.Corpus.of(sets, model.labels).save(args.out + '/entities.npz')
    sentences, n, skipped, words = [], 0, 0, []
    with open(args.silver, encoding='utf-8') as f:
        for line in f:
            if line != '\n':
                words.append(line.split('\t')[0])
            elif words:
                if skipped < args.skip:
                    skipped += len(words)
                elif n < args.tokens:
                    n += len(words)
                    sentences.append(data.Sentence(words))
                words = []
    annotate(model, sentences)
    print(smooth(sentences), 'mentions changed type')
    corpus.Corpus.of(sentences, model.labels).save('%s/%s.npz' % (args.out, args.name))
    print(n, 'silver tokens', flush=True)


if __name__ == '__main__':
    main()
