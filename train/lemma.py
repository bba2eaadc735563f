"""Lemmas by edit script from tables: whole word with tag, else the longest known ending with tag. No network is asked.

A script is 'case|cut|add': case k (as written), l (ASCII-and-beyond lower case by str.lower), t (first letter as written, the
rest lower); then `cut` code points off the end and `add` put on.
"""
from collections import Counter, defaultdict

import features

LONGEST = 6


def cased(word, how):
    return word if how == 'k' else word.lower() if how == 'l' else word[:1] + word[1:].lower()


def scripts(word, lemma):
    """The cheapest scripts from word to lemma, more than one where case does not matter."""
    found = []
    for how in 'lkt':
        w, n = cased(word, how), 0
        while n < min(len(w), len(lemma)) and w[n] == lemma[n]:
            n += 1
        found.append((len(w) - n + len(lemma) - n, '%s|%d|%s' % (how, len(w) - n, lemma[n:])))
    return [e for cost, e in found if cost == min(found)[0]]


def apply(word, s):
    how, cut, add = s.split('|', 2)
    w = cased(word, how)
    return (w[:max(0, len(w) - int(cut))] + add) or word


def words_key(word, tag):
    return '=' + features.lower(features.fold(word)) + '\t' + tag


def exact_key(word, tag):
    return '!' + features.fold(word) + '\t' + tag


def ending_key(word, tag, n):
    return '-' + features.lower(features.fold(word))[-n:] + '\t' + tag if n else '-\t' + tag


class Lemmas:
    """table: key → script. Tags are 'UPOS XPOS'."""

    def __init__(self, table=None):
        self.table = table or {}

    def train(self, sentences):
        by_form = defaultdict(Counter)
        by_word, rules = defaultdict(Counter), [defaultdict(Counter) for _ in range(LONGEST + 1)]
        for s in sentences:
            for w, m, l in zip(s.words, s.morph, s.lemmas):
                if l != '_':
                    by_form[exact_key(w, ' '.join(m.split('\t')[:2]))].update(scripts(w, l))
                    by_word[words_key(w, ' '.join(m.split('\t')[:2]))].update(scripts(w, l))
        pick = lambda c: min(c.items(), key=lambda x: (-x[1], '?lkt'.index(x[0][0]), x[0]))
        for key, c in by_word.items():
            w, tag = key[1:].split('\t')
            top = pick(c)[1]
            for e, k in c.items():
                if k == top:
                    for n in range(min(LONGEST, len(w)) + 1):
                        rules[n][ending_key(w, tag, n)][e] += 1
        out = {}
        for n in range(LONGEST + 1):
            for key, c in sorted(rules[n].items()):
                e, k = pick(c)
                tail, tag = key[1:].split('\t')
                shorter = next((out[q] for q in ('-' + tail[i:] + '\t' + tag for i in range(1, n + 1)) if q in out), None)
                if n == 0 or k >= 2 and e != shorter and c.get(shorter, 0) < k:
                    out[key] = e
        backed, words = Lemmas(out), {}
        for key, c in sorted(by_word.items()):
            w, tag = key[1:].split('\t')
            e, k = pick(c)
            if c.get(backed.rule(w, tag), 0) < k:
                words[key] = e
        backed = Lemmas({**out, **words})
        for key, c in sorted(by_form.items()):
            w, tag = key[1:].split('\t')
            e, k = pick(c)
            if k >= 2 and c.get(backed.find(w, tag), 0) < k:
                words[key] = e
        self.table = {**out, **words}
        return self

    def rule(self, word, tag):
        for n in range(min(LONGEST, len(word)), -1, -1):
            e = self.table.get(ending_key(word, tag, n))
            if e:
                return e
        return 'k|0|'

    def find(self, word, tag):
        return self.table.get(exact_key(word, tag)) or self.table.get(words_key(word, tag)) or self.rule(word, tag)

    def lemma(self, word, morph):
        return apply(word, self.find(word, ' '.join(morph.split('\t')[:2])))

    def add(self, sentences):
        for s in sentences:
            s.lemmas = [self.lemma(w, m) for w, m in zip(s.words, s.morph)]


if __name__ == '__main__':
    import data
    ewt, gum = data.treebanks('train')
    m = Lemmas().train(ewt + gum)
    print(len(m.table), 'entries,', len(set(m.table.values())), 'scripts')
    for name, gold in zip(('EWT', 'GUM'), data.treebanks('dev')):
        bad, n, right = Counter(), 0, 0
        for s in gold:
            for w, t, l in zip(s.words, s.morph, s.lemmas):
                n += 1
                g = m.lemma(w, t)
                right += l in ('_', g)
                if l not in ('_', g):
                    bad[w, ' '.join(t.split('\t')[:2]), l, g] += 1
        print(name, right / n, bad.most_common(45))
