#!/usr/bin/env python3
"""No 13 running words of the reference texts may stand in the tree.

DATELINE_DATA names the folder of reference texts; unset: a notice, exit status 0. Words are runs of letters and
digits, lower case. Prints FILE: the words; exit status 1 if any were found.
"""
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys

RUN = 13
HEAD = 3
WORD = re.compile(r'[^\W_]+')
# Rows of figures and code tables are facts, not text: a run counts only if most of its words are words.
LETTERS = re.compile(r'[^\W\d_]{2,}')


def words_of(text):
    return WORD.findall(text.lower())


def runs_of(words):
    for i in range(len(words) - RUN + 1):
        run = words[i:i + RUN]
        if sum(1 for w in run if LETTERS.fullmatch(w)) >= RUN - 3:
            yield tuple(run), i


def tree_files():
    listing = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard'],
                             capture_output=True, text=True, check=True).stdout
    for name in listing.splitlines():
        path = pathlib.Path(name)
        # The licence is everybody's text.
        if name == 'LICENSE' or not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding='utf-8')
        except UnicodeDecodeError:
            continue


def reference_texts(folder):
    for path in sorted(pathlib.Path(folder).rglob('*')):
        if not path.is_file() or path.name == 'README.md':
            continue
        opener = gzip.open if path.suffix == '.gz' else open
        with opener(path, 'rt', encoding='utf-8', errors='replace') as f:
            if path.name.endswith(('.conllu', '.bio')):
                yield path, ' '.join(line.split('\t')[1 if '.conllu' in path.name else 0] for line in f
                                     if line.strip() and not line.startswith('#') and '\t' in line)
            elif '.jsonl' in path.name:
                for line in f:
                    try:
                        yield path, ' '.join(strings(json.loads(line)))
                    except ValueError:
                        continue
            else:
                yield path, f.read()


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


def main():
    folder = os.environ.get('DATELINE_DATA')
    if not folder:
        print('lint: DATELINE_DATA is unset: skipped the comparison with reference texts')
        return 0
    ours, heads = {}, set()
    for name, text in tree_files():
        words = words_of(text)
        for run, at in runs_of(words):
            ours.setdefault(run, name)
            heads.add(run[:HEAD])
    trouble = {}
    for path, text in reference_texts(folder):
        words = words_of(text)
        # The head of a run is looked up first: tens of millions of words pass here.
        for at, head in enumerate(zip(*(words[k:] for k in range(HEAD)))):
            if head not in heads:
                continue
            name = ours.pop(tuple(words[at:at + RUN]), None)
            if name is not None:
                trouble.setdefault(name, []).append('%s (also in %s)' % (' '.join(words[at:at + RUN]), path.name))
    for name, found in sorted(trouble.items()):
        for what in found[:5]:
            print('%s: %s' % (name, what), file=sys.stderr)
    return 1 if trouble else 0


if __name__ == '__main__':
    sys.exit(main())
