"""Tensors of a few sentences, layer by layer, for tests/unit/nn_network.c.

    python trace.py MODEL OUT     the file's form stands in that test
"""
import struct
import sys

import numpy as np

import infer_int8

SENTENCES = ['Peru expelled two diplomats on Friday .', '\u201c We will not leave , \u201d the minister \u2019s spokeswoman said in Accra .',
             'Talks between Chad and Sudan , which had stalled in 2019 , were to resume 10 days later .', 'POLICE ARREST MAYOR', '\u00c9milie !']


def tensor(name, x, kind):
    x = np.ascontiguousarray(x, kind)
    return struct.pack('<B', len(name)) + name.encode() + struct.pack('<BII', x.itemsize, *x.shape) + x.tobytes()


def main(path, out):
    model = infer_int8.Model(path)
    with open(path, 'rb') as f:
        data = f.read(32)[24:]
    for text in SENTENCES:
        words, trace = text.split(' '), []
        morph, heads, labels, tags = model.read(words, trace)
        stream, (arc, z, rel, ner) = trace[:-4], trace[-4:]
        arc, rel = arc.copy(), rel.copy()
        np.fill_diagonal(arc, 0)
        arc[0] = 0
        rel[:, model.label.index('root')] = model.dense('rel', z)[:, model.label.index('root')]
        # in the order in which the engine computes them
        parts = [tensor('h%d' % i, h, 'u1') for i, h in enumerate(stream)]
        parts += [tensor('arc', arc, '<i8'), tensor('z', z, 'u1'), tensor('ner', ner, '<i4'), tensor('rel', rel, '<i4')]
        data += struct.pack('<I', len(words))
        for w in words:
            b = w.encode()
            data += struct.pack('<H', len(b)) + b
        data += struct.pack('<I', len(parts)) + b''.join(parts)
        for row in zip(morph, heads, labels, tags):
            data += struct.pack('<4I', *map(int, row))
    with open(out, 'wb') as f:
        f.write(data)


if __name__ == '__main__':
    main(*sys.argv[1:])
