"""Batches of one shape, as numpy. A row holds one example: T - SLOTS clean tokens (padded), then SLOTS places for draft blocks.

Letters: N rows, T their length, N*T = `tokens`. `anchor[r]`: the last clean column that row r sees; `block[r]`: 0 for clean columns, else the block whose columns it sees too. A block
anchored at clean index a takes positions a+1…; its cell j speaks for token a+2+j, as in the engine (logits are shifted). Most blocks are all masks and learn from what the clean
position a+1+j predicts (the teacher, in the same forward, without gradient); in a third of the larger ones some cells are revealed, for samplers that reveal in any order.
"""
import random
import numpy as np
from examples import MOST_TOKENS, example

SLOTS = 48
LENGTHS = (192, 256, 320, 384, 512, 640, 768, 1024)
BLOCKS = ((8, 2), (4, 4), (2, 8))                                         # (cells, how many): SLOTS in all
CLEAN, PLAIN, REVEALED = 100, 101, 20                                     # kinds of rows; below: a draft's distance, REVEALED added where cells are
assert LENGTHS[-1] - SLOTS >= MOST_TOKENS

def blocks(first, last, n, rng):
    """[(anchor, size, revealed cells)] that fill SLOTS; anchors in first…last"""
    out = []
    for size, count in BLOCKS:
        span = last - first + 1; at = [first + q for q in (rng.sample(range(span), count) if span >= count else [rng.randrange(span) for _ in range(count)])]
        for a in at:
            shown = set()
            if size > 2 and rng.random() < .35: share = rng.random() * .9; shown = {q for q in range(size) if rng.random() < share and a + 1 + q < n}
            out.append((a, size, shown))
    return out

def place(v, x, counted, base, T, rng):
    """one row: ids, position, anchor, block [T]; and [(row, target, weight, kind, teacher's row)], kind 100 clean, 101 plain, else the draft's distance"""
    n = len(x); L = T - SLOTS; ids = np.full(T, v.mask, np.int32); pos = np.zeros(T, np.int32); anchor = np.zeros(T, np.int32); block = np.zeros(T, np.int32)
    ids[:n] = x; ids[n:L] = v.end; pos[:L] = np.arange(L); anchor[:L] = np.arange(L); block[L:] = 99; rows = []
    for r, w in counted: rows.append((r, x[r + 1], w, CLEAN if base is not None else PLAIN, -1))
    if base is not None:
        can = {r for r, _ in counted}; lo, hi = counted[0][0], max(counted[0][0], n - 3); at = L
        for b, (a, size, shown) in enumerate(blocks(lo, hi, n, rng)):
            anchor[at:at + size] = a; block[at:at + size] = b + 1; pos[at:at + size] = np.arange(a + 1, a + 1 + size)
            for q in shown: ids[at + q] = x[a + 1 + q]
            for q in range(size):
                r = a + 1 + q
                if r + 1 < n and (q + 1) not in shown and r in can: rows.append((at + q, x[r + 1], .8 ** q, 1 + q + (REVEALED if shown else 0), -1 if shown else r))
            at += size
    return ids, pos, anchor, block, rows

def batches(v, c, seed, tokens):
    """without end: dicts of arrays, N*T at most `tokens`, which every length divides in 30720"""
    rng = random.Random(seed); shelf = {T: [] for T in LENGTHS}
    while True:
        x, counted, base = example(v, c, rng); T = next(T for T in LENGTHS if len(x) + SLOTS <= T); shelf[T].append((x, counted, base))
        if len(shelf[T]) == max(1, tokens // T): yield batch(v, shelf[T], T, tokens // 3, rng); shelf[T] = []

def batch(v, examples, T, most_rows, rng):
    """ids, pos, anchor, block [N,T]; of the rows that predict: row (flat), target, kind, teacher (a place in `row`) [most_rows], weight [3, most_rows]: clean, draft by token, draft by teacher"""
    N = len(examples); out = {k: np.zeros((N, T), np.int32) for k in ('ids', 'pos', 'anchor', 'block')}; clean, drafts = [], []
    for i, (x, counted, base) in enumerate(examples):
        out['ids'][i], out['pos'][i], out['anchor'][i], out['block'][i], rows = place(v, x, counted, base, T, rng); o = i * T
        for r, t, w, k, tea in rows: (clean if k >= CLEAN else drafts).append((o + r, t, w, k, o + tea if tea >= 0 else -1))
    rng.shuffle(drafts); clean = clean[:most_rows * 3 // 4] if len(clean) > most_rows * 3 // 4 else clean
    where = {r[0]: q for q, r in enumerate(clean)}; rows = (clean + drafts)[:most_rows]; a = np.zeros((5, most_rows), np.int64); w = np.zeros((3, most_rows), np.float32)
    for q, (r, t, x, k, tea) in enumerate(rows):
        a[0, q], a[1, q], a[2, q] = r, t, k
        if k >= CLEAN: w[0, q] = x
        elif k > REVEALED: w[1, q] = 2.5 * x                                    # cells revealed to its right say more than the teacher knows
        else:
            w[1, q] = x
            if tea in where: w[2, q] = x; a[3, q] = where[tea]
    out.update(T=T, row=a[0], target=a[1], kind=a[2], teacher=a[3], weight=w, used=len(rows)); return out
