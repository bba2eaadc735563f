#!/usr/bin/env python3
"""The rules of the house that no compiler knows: the include ladder, who may call what, sizes, machine paths.

Prints FILE:LINE: what is wrong; exit status 1 if anything is.
"""
import pathlib
import re
import subprocess
import sys

LADDER = [['base'], ['lexicon', 'nn'], ['document'], ['ingest'], ['split'], ['tag'], ['resolve'], ['quote'], ['event'],
          ['story'], ['engine.c'], ['store', 'output'], ['cli', 'server', 'python']]
RANK = {room: rank for rank, rooms in enumerate(LADDER) for room in rooms}
BASE_ONLY = re.compile(r'\b(malloc|calloc|realloc|free|strdup|fopen|fread|fwrite|printf|fprintf|puts|pthread_\w+)\s*\(')
BANNED = re.compile(r'\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atof|setlocale|localtime|time|rand|srand|getenv|exit|abort)\s*\(')
CLI_MAY = {'exit', 'getenv', 'time', 'localtime', 'setlocale'}
MACHINE = re.compile(r'(^|[\s"\'(=])/(work|root|home/\w+|tmp/bash)\b')
MAX_LINES = 1000


def files(*patterns):
    listing = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard', '--', *patterns],
                             capture_output=True, text=True, check=True).stdout
    return [pathlib.Path(p) for p in listing.splitlines() if pathlib.Path(p).is_file()]


def room_of(path):
    parts = path.parts
    if parts[0] == 'src':
        return parts[1]
    return parts[0]


def without_comments(text):
    """Comments and string literals blanked, line numbers kept."""
    blank = lambda m: re.sub(r'[^\n]', ' ', m.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def check_includes(path, text):
    room = room_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not found:
            continue
        name = found.group(1)
        other = name.split('/')[0] if '/' in name else room
        if name == 'dateline.h' or other == room:
            continue
        if room in ('cli', 'server', 'python') and room_of(path) == room:
            yield number, '%s sees only include/: %s' % (room, name)
        elif other not in RANK or room not in RANK or RANK[other] >= RANK[room]:
            yield number, 'the ladder forbids %s to include %s' % (room, name)
        elif not name.endswith('/%s.h' % other):
            yield number, 'a room is entered by its one header, not by %s' % name


def check_calls(path, code):
    room = room_of(path)
    for number, line in enumerate(code.splitlines(), 1):
        for found in BANNED.finditer(line):
            if not (room == 'cli' and found.group(1) in CLI_MAY):
                yield number, '%s is banned here' % found.group(1)
        if room not in ('base', 'cli'):
            for found in BASE_ONLY.finditer(line):
                yield number, 'only base calls %s' % found.group(1)


def check(path):
    text = path.read_text(encoding='utf-8')
    found = []
    if path.suffix in ('.c', '.h'):
        if 'SPDX-License-Identifier: Apache-2.0' not in text[:200]:
            found.append((1, 'lacks the SPDX line'))
        if text.count('\n') > MAX_LINES:
            found.append((MAX_LINES, 'is longer than %d lines' % MAX_LINES))
    if path.parts[0] in ('src', 'cli') and path.suffix in ('.c', '.h'):
        code = without_comments(text)
        found += check_includes(path, text)
        found += check_calls(path, code)
    if str(path) != 'tools/lint/house.py':
        found += [(n, 'names a path of a machine') for n, line in enumerate(text.splitlines(), 1) if MACHINE.search(line)]
    return ['%s:%d: %s' % (path, number, what) for number, what in found]


def main():
    trouble = []
    for path in files():
        try:
            trouble += check(path)
        except UnicodeDecodeError:
            continue  # a model, a compressed sample, hostile bytes
    print('\n'.join(trouble), end='\n' if trouble else '', file=sys.stderr)
    return 1 if trouble else 0


if __name__ == '__main__':
    sys.exit(main())
