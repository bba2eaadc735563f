#!/usr/bin/env python3
"""Speed of spaCy's en_core_web_sm (tagger, parser, entities) on one thread: spacy_speed.py FILE.jsonl [ROUNDS]

Tokens are made beforehand and not timed. Sentences are counted as spaCy finds them. Prints the median of the rounds, the
slowest and the fastest, in sentences and in tokens a second of processor time.
"""
import json
import statistics
import sys
import time

import spacy


def load_model():
    try:
        return spacy.load('en_core_web_sm')
    except OSError:
        import en_core_web_sm
        return en_core_web_sm.load()


def main(path, rounds=5):
    nlp = load_model()
    for name in ('lemmatizer', 'attribute_ruler'):
        if name in nlp.pipe_names:
            nlp.remove_pipe(name)
    with open(path, encoding='utf-8') as f:
        texts = [json.loads(line)['text'] for line in f]
    took, sentences, tokens = [], 0, 0
    for _ in range(int(rounds)):
        docs = [nlp.make_doc(text) for text in texts]
        tokens = sum(map(len, docs))
        start = time.process_time()
        for _, component in nlp.pipeline:
            docs = list(component.pipe(docs, batch_size=64))
        took.append(time.process_time() - start)
        sentences = sum(sum(1 for _ in doc.sents) for doc in docs)
    print('spaCy %s, %s %s, components %s: %d sentences, %d tokens' %
          (spacy.__version__, nlp.meta['name'], nlp.meta['version'], ' '.join(nlp.pipe_names), sentences, tokens))
    median, least, most = statistics.median(took), min(took), max(took)
    print('%-10s %10.4f %12.0f %12.0f %12.0f   (%.0f tokens/s)' %
          ('spaCy', median, sentences / median, sentences / most, sentences / least, tokens / median))


if __name__ == '__main__':
    main(*sys.argv[1:])
