"""What is read: treebanks (CoNLL-U), entity sets (token TAB BIO), and the label inventories."""
import os
import random
import re
from collections import Counter

DATA = os.environ.get('DATELINE_DATA', 'data')
TYPES = ['PERSON', 'NORP', 'FAC', 'ORG', 'GPE', 'LOC', 'EVENT', 'WORK', 'PRODUCT']
NER = ['O'] + ['%s-%s' % (p, t) for t in TYPES for p in 'BILU']
MISC = ['NORP', 'EVENT', 'WORK', 'PRODUCT']
PLACE = ['GPE', 'LOC', 'FAC']

# For each entity set: its types as sets of ours, and the types that its O may hide.
COARSE = {
    'conll': ({'PER': ['PERSON'], 'ORG': ['ORG'], 'LOC': PLACE, 'MISC': MISC}, []),
    'btc': ({'PER': ['PERSON'], 'ORG': ['ORG'], 'LOC': PLACE}, MISC),
    'wnut': ({'person': ['PERSON'], 'corporation': ['ORG'], 'group': ['ORG'], 'location': PLACE, 'product': ['PRODUCT'],
              'creative-work': ['WORK']}, ['NORP', 'EVENT']),
    'onto': ({'PERSON': ['PERSON'], 'NORP': ['NORP'], 'FAC': ['FAC'], 'ORG': ['ORG'], 'GPE': ['GPE'], 'LOC': ['LOC'],
              'EVENT': ['EVENT'], 'WORK_OF_ART': ['WORK'], 'LAW': ['WORK'], 'PRODUCT': ['PRODUCT']}, []),
}


class Sentence:
    """Words with what is known of them: any of morph (UPOS, XPOS, FEATS), lemma, heads (0: root), labels, ner."""
    __slots__ = 'words', 'morph', 'lemmas', 'heads', 'labels', 'ner', 'doc', 'weight'

    def __init__(self, words, morph=None, lemmas=None, heads=None, labels=None, ner=None, doc=''):
        self.words, self.morph, self.lemmas, self.heads, self.labels, self.ner = words, morph, lemmas, heads, labels, ner
        self.doc, self.weight = doc, 1.0


def read_conllu(path, only=None):
    """The sentences of a CoNLL-U file, of the documents in `only` if given. Empty nodes and token ranges are passed over."""
    out, doc = [], ''
    with open(path, encoding='utf-8') as f:
        for block in f.read().split('\n\n'):
            rows = []
            for line in block.split('\n'):
                if line.startswith('# newdoc'):
                    doc = line.partition('=')[2].strip()
                elif line and line[0] != '#':
                    cols = line.split('\t')
                    if cols[0].isdigit():
                        rows.append(cols)
            if rows and (only is None or doc in only):
                out.append(Sentence([r[1] for r in rows], ['\t'.join(r[3:6]) for r in rows], [r[2] for r in rows],
                                    [int(r[6]) for r in rows], [r[7] for r in rows], doc=doc))
    return out


def free_gum():
    with open(os.path.join(DATA, 'ud/gum_free_docs.txt')) as f:
        return {line.split()[0] for line in f if line.strip() and line[0] != '#'}


def treebanks(split):
    """(EWT, GUM free) of 'train' or 'dev'."""
    ud = os.path.join(DATA, 'ud')
    return read_conllu('%s/en_ewt-ud-%s.conllu' % (ud, split)), read_conllu('%s/en_gum-ud-%s.conllu' % (ud, split), free_gum())


def read_bio(path, scheme, limit=None):
    """Sentences of a BIO file; ner is, for each word, the set of our BILOU tags that its tag allows (as indices into NER)."""
    out, words, tags = [], [], []
    with open(path, encoding='utf-8') as f:
        for line in list(f) + ['\n']:
            cols = line.rstrip('\n').split('\t')
            if len(cols) > 1:
                words.append(cols[0])
                tags.append(cols[1])
            elif words:
                out.append(Sentence(words, ner=allowed(trim(words, tags) if scheme == 'onto' else tags, scheme)))
                words, tags = [], []
                if limit and len(out) >= limit:
                    break
    return out


def trim(words, tags):
    """OntoNotes spans without a leading article or a closing possessive, which the other sets leave outside."""
    tags = list(tags)
    for i, t in enumerate(tags):
        if t[:2] == 'B-' and words[i].lower() in ('the', 'a', 'an'):
            tags[i] = 'O'
            if i + 1 < len(tags) and tags[i + 1] == 'I-' + t[2:]:
                tags[i + 1] = t
        if t[:2] == 'I-' and words[i].lower() in ("'s", '’s', "'", '’') and (i + 1 == len(tags) or tags[i + 1][:2] != 'I-'):
            tags[i] = 'O'
    return tags


def spans(tags):
    """[(first, one past the last, type)] of BIO tags."""
    out, start = [], None
    for i, tag in enumerate(list(tags) + ['O']):
        if start is not None and (tag[:2] != 'I-' or tag[2:] != tags[start][2:]):
            out.append((start, i, tags[start][2:]))
            start = None
        if start is None and tag[:2] in ('B-', 'I-'):
            start = i
    return out


def allowed(tags, scheme):
    types, hidden = COARSE[scheme]
    free = [0] + [i for i, t in enumerate(NER) if t[2:] in hidden]
    out = [free] * len(tags)
    for a, b, kind in spans(tags):
        if kind in types:
            for k in range(a, b):
                p = 'U' if b == a + 1 else 'B' if k == a else 'L' if k == b - 1 else 'I'
                out[k] = [NER.index('%s-%s' % (p, t)) for t in types[kind]]
    return out


def bilou_spans(tags):
    """[(first, one past the last, type)] of a valid BILOU sequence of indices."""
    out, start = [], None
    for i, t in enumerate(tags):
        name = NER[t]
        if name[0] in 'BU':
            start = i
        if name[0] in 'LU' and start is not None:
            out.append((start, i + 1, name[2:]))
            start = None
    return out


def entity_sets():
    """[(name, sentences, weight)] of what may ship; a tenth of wikigold (its end) stays out."""
    ner = os.path.join(DATA, 'ner')
    gold = read_bio(ner + '/wikigold_dev.bio', 'conll')
    return [('wikigold', gold[:len(gold) * 9 // 10], 1.0),
            ('wnut17', read_bio(ner + '/wnut17_train.bio', 'wnut'), 1.0),
            ('btc', read_bio(ner + '/btc_dev.bio', 'btc'), 1.0),
            ('gum', read_bio(ner + '/gum_names_free_train.bio', 'conll'), 1.0)]


class Labels:
    """Indices of morphology triples and dependency labels, most frequent first."""

    def __init__(self, sentences, least=1):
        morph = Counter(m for s in sentences for m in s.morph)
        label = Counter(x for s in sentences for x in s.labels)
        self.morph = [m for m, n in sorted(morph.items(), key=lambda x: (-x[1], x[0])) if n >= least]
        self.label = [x for x, n in sorted(label.items(), key=lambda x: (-x[1], x[0]))]
        self.morph_of = {m: i for i, m in enumerate(self.morph)}
        self.label_of = {m: i for i, m in enumerate(self.label)}


def batches(sentences, size, rng):
    """Shuffled batches of about `size` words, sentences of like length together."""
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i].words) + rng.random() * 3, i))
    out, batch, longest = [], [], 0
    for i in order:
        longest = max(longest, len(sentences[i].words))
        if batch and longest * (len(batch) + 1) > size:
            out.append(batch)
            batch, longest = [], len(sentences[i].words)
        batch.append(sentences[i])
    out.append(batch)
    rng.shuffle(out)
    return out


SHAPES = 16


def shape(word):
    """A small number for the case and make of a word."""
    if re.fullmatch(r'[\W_]+', word):
        return 0
    digit = any(c.isdigit() for c in word)
    if digit:
        return 1 if word.isdigit() else 2 if not any(c.isalpha() for c in word) else 3
    if word.islower():
        return 4
    if word.isupper():
        return 5 if len(word) == 1 else 6 if len(word) < 5 else 7
    if word[0].isupper() and word[1:].islower():
        return 8
    if word[0].isupper():
        return 9
    return 10
