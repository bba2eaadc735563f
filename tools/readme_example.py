#!/usr/bin/env python3
"""The README's first example, run anew: readme_example.py DATELINE README.md

Prints the README with the output of its command in the place of the old one: what stands between the line ```json and
the next ```. Records are folded between their keys; the text of a record is the program's own.
"""
import json
import re
import subprocess
import sys

WIDTH = 118


def fold(line):
    """A record over several lines, broken only between top-level keys."""
    pairs = json.loads(line, object_pairs_hook=list)
    pieces = []
    at = 1
    for i, (key, _) in enumerate(pairs):
        start = line.index('"%s":' % key, at)
        pieces.append(start)
        at = start + len(key)
    pieces = [line[a:b] for a, b in zip(pieces, pieces[1:] + [len(line)])]
    out, row = [], '{'
    for piece in pieces:
        if len(row) + len(piece) > WIDTH and row.strip() not in ('', '{'):
            out.append(row)
            row = ' '
        row += piece
    return '\n'.join(out + [row])


def main(program, path):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    command = re.search(r'```sh\n(echo [^\n]*)\n```', text).group(1).replace('dateline ', program + ' ', 1)
    output = subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout
    block = '\n'.join(map(fold, output.splitlines()))
    start = text.index('```json\n') + len('```json\n')
    sys.stdout.write(text[:start] + block + '\n' + text[text.index('```', start):])


if __name__ == '__main__':
    main(*sys.argv[1:])
