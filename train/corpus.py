"""Annotated sentences as arrays: what the student is trained on. Kept in one .npz file."""
import numpy as np


class Corpus:
    """types: distinct words; word[i]: its type; morph, head, label, ner: by word (-1: not known); start: where sentences begin."""
    FIELDS = 'word', 'morph', 'head', 'label', 'ner'

    def __init__(self):
        self.types, self.start = [], np.zeros(1, np.int64)
        for f in self.FIELDS:
            setattr(self, f, np.zeros(0, np.int32))

    @classmethod
    def of(cls, sentences, labels):
        self, known = cls(), {}
        columns, start = {f: [] for f in cls.FIELDS}, [0]
        for s in sentences:
            n = len(s.words)
            columns['word'] += [known.setdefault(w, len(known)) for w in s.words]
            columns['morph'] += [labels.morph_of.get(m, -1) for m in s.morph] if s.morph else [-1] * n
            columns['head'] += s.heads or [-1] * n
            columns['label'] += [labels.label_of.get(x, -1) for x in s.labels] if s.labels else [-1] * n
            columns['ner'] += s.ner or [-1] * n
            start.append(start[-1] + n)
        self.types, self.start = list(known), np.array(start)
        for f in cls.FIELDS:
            setattr(self, f, np.array(columns[f], np.int32))
        return self

    def save(self, path):
        np.savez(path, types=np.array('\n'.join(self.types)), start=self.start, **{f: getattr(self, f) for f in self.FIELDS})

    @classmethod
    def load(cls, path):
        self, z = cls(), np.load(path)
        self.types, self.start = str(z['types']).split('\n'), z['start']
        for f in cls.FIELDS:
            setattr(self, f, z[f])
        return self

    def __len__(self):
        return len(self.start) - 1


def index_batches(lengths, size, rng):
    """Shuffled lists of sentence numbers, about `size` words each with padding."""
    order = np.argsort(lengths + rng.random(len(lengths)) * 3, kind='stable')
    out, batch, longest = [], [], 0
    for i in order:
        n = int(lengths[i])
        if batch and max(n, longest) * (len(batch) + 1) > size:
            out.append(batch)
            batch, longest = [], 0
        batch.append(int(i))
        longest = max(longest, n)
    if batch:
        out.append(batch)
    rng.shuffle(out)
    return out
