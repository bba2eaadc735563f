#!/usr/bin/env python3
"""JSON Lines of our own sample article, N times over with ids of their own: sample_records.py N [MEBIBYTES]

With MEBIBYTES the records go on until so much was written: input for memory and speed, made of nothing of others.
"""
import json
import pathlib
import sys

text = (pathlib.Path(__file__).parent.parent / 'examples' / 'article.txt').read_text(encoding='utf-8')
limit = int(sys.argv[2]) << 20 if len(sys.argv) > 2 else 0
written, number = 0, 0
while number < int(sys.argv[1]) or written < limit:
    line = json.dumps({'id': 'a%d' % number, 'date': '2024-05-17', 'text': text}, ensure_ascii=False) + '\n'
    sys.stdout.write(line)
    written, number = written + len(line.encode()), number + 1
