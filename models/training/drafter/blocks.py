"""Where blocks stand in clean canvases. A block anchored at a holds the known token a+1, then B-1 cells; cell d (its distance, 1 … B-1) is token a+1+d, a mask unless it is revealed.

In a share of the blocks some cells are revealed, so that a second pass can refine what a first was unsure of; one of the B cells stays masked at least (mask rate 1/B).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from canvas.batch import CLEAN, PLAIN, Batch


@dataclass(frozen=True)
class Blocks:
    """anchor [N,A], inside [N,A,B] (the cell is a token of its canvas), revealed [N,A,B] (the known token never counts as one)"""

    anchor: np.ndarray
    inside: np.ndarray
    revealed: np.ndarray


@dataclass(frozen=True)
class Canvas:
    """`rows`: the clean rows that predict, ascending; `length`: tokens without padding."""

    rows: list[int]
    length: int


def canvases_of(batch: Batch) -> list[Canvas]:
    """The last row that predicts speaks for the last token."""
    n, t = batch.ids.shape
    rows: list[list[int]] = [[] for _ in range(n)]
    counts = (batch.weight > 0) & ((batch.kind == CLEAN) | (batch.kind == PLAIN))
    for flat in batch.row[counts].tolist():
        rows[flat // t].append(flat % t)
    return [Canvas(sorted(found), max(found) + 2) for found in rows]


def draw_blocks(batch: Batch, count: int, size: int, revealed_share: float, random: Random) -> Blocks:
    """`count` (A) blocks of `size` (B, 2 or more) in each canvas, half of them where the canvas is written, half anywhere."""
    canvases = canvases_of(batch)
    n = len(canvases)
    anchor, revealed = np.zeros((n, count), np.int64), np.zeros((n, count, size), bool)
    for i, canvas in enumerate(canvases):
        last = max(1, canvas.length - 3)
        for at in range(count):
            anchor[i, at] = min(random.choice(canvas.rows), last) if at % 2 else random.randint(1, last)
            if size > 2 and random.random() < revealed_share:
                rate = random.random() * 0.9
                cells = [cell for cell in range(1, size) if random.random() < rate]
                if len(cells) == size - 1:
                    cells.remove(random.choice(cells))
                revealed[i, at, cells] = True
    lengths = np.array([canvas.length for canvas in canvases])
    inside = anchor[:, :, None] + 1 + np.arange(size) < lengths[:, None, None]
    return Blocks(anchor, inside, revealed & inside)
