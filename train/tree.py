"""Trees from scores: Chu-Liu-Edmonds with one root."""
import numpy as np


def _mst(score):
    """Heads of the maximum spanning arborescence of score[dependent, head], node 0 the root. Ties: the lower head."""
    n = len(score)
    score = score.copy()
    np.fill_diagonal(score, -np.inf)
    score[0] = -np.inf
    head = score.argmax(1)
    head[0] = 0
    # look for a cycle
    colour = np.zeros(n, int)
    cycle = None
    for i in range(1, n):
        path, k = [], i
        while k and not colour[k]:
            colour[k] = i
            path.append(k)
            k = head[k]
        if k and colour[k] == i:
            cycle = path[path.index(k):]
            break
    if cycle is None:
        return head
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    c = np.array(cycle)
    keep = score[c, head[c]]
    m = len(outside)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = score[np.ix_(outside, outside)]
    enter = score[np.ix_(c, outside)] - keep[:, None]
    best_in = enter.argmax(0)
    small[m, :m] = enter.max(0)
    leave = score[np.ix_(outside, c)]
    best_out = leave.argmax(1)
    small[:m, m] = leave.max(1)
    sub = _mst(small)
    for a in range(1, m):
        h = sub[a]
        head[outside[a]] = c[best_out[a]] if h == m else outside[h]
    e = best_in[sub[m]]
    head[c[e]] = outside[sub[m]]
    return head


def is_tree(head):
    n = len(head)
    for i in range(1, n):
        k, steps = i, 0
        while k and steps <= n:
            k = head[k]
            steps += 1
        if k:
            return False
    return True


def decode(score):
    """Heads (index 0 unused) of a tree with exactly one child of the root; score[dependent, head].

    Each word's best head, if that is such a tree. Else the root's child is the word that gains most by it (against its best
    other head), and the rest is the best tree under it."""
    n = len(score)
    s = score.astype(np.float64).copy()
    np.fill_diagonal(s, -np.inf)
    s[0] = -np.inf
    head = s.argmax(1)
    head[0] = 0
    if (head[1:] == 0).sum() == 1 and is_tree(head):
        return head
    other = s[1:].copy()
    other[:, 0] = -np.inf
    r = int((s[1:, 0] - other.max(1)).argmax()) + 1 if n > 2 else 1
    s[1:, 0] = np.where(np.arange(1, n) == r, s[1:, 0], -np.inf)
    s[r, 1:] = -np.inf
    return _mst(s)
