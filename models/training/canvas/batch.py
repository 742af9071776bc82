"""A batch as arrays. A row holds one example: its clean tokens, padded with ends, then the places of draft blocks. Letters: N rows, T their length, K rows that predict."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np

from .draft_blocks import DraftLayout, draw_blocks
from .example import Example
from .vocabulary import Vocabulary

CLEAN, PLAIN, REVEALED = 100, 101, 20
"""Kinds of rows that predict; below: a draft's distance from 1, `REVEALED` added where its block has revealed cells."""
FADE = 0.8
"""A draft's weight falls by this with each cell, since a head that was refused makes what follows worthless."""


@dataclass
class Batch:
    """[N,T] ids, positions, anchor, block (`coder.attention.visible`); [K] row (flat), target, kind, teacher (a place in `row`, -1: none), weight."""

    ids: np.ndarray
    positions: np.ndarray
    anchor: np.ndarray
    block: np.ndarray
    row: np.ndarray
    target: np.ndarray
    kind: np.ndarray
    teacher: np.ndarray
    weight: np.ndarray
    plain: bool
    examples: int
    tokens: int = field(default=0)
    """Real ones, and draft cells: without padding."""

    @property
    def clean_rows(self) -> int:
        """The first of `row`; the rest are drafts, and padding."""
        return int((self.kind >= CLEAN).sum())


@dataclass
class _Rows:
    row: list[int] = field(default_factory=list)
    target: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    teacher_row: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)

    def add(self, row: int, target: int, kind: int, teacher_row: int = -1, weight: float = 1.0) -> None:
        for values, value in zip((self.row, self.target, self.kind, self.teacher_row, self.weight), (row, target, kind, teacher_row, weight), strict=True):
            values.append(value)


def make_batch(v: Vocabulary, examples: list[Example], clean_length: int, layout: DraftLayout, most_rows: int | None, random: Random) -> Batch:
    """Of plain examples, or of canvases; plain ones carry no drafts. `most_rows`: drafts beyond it go uncounted, then clean rows; K is then always that many (weight 0 where unused)."""
    plain = examples[0].plain
    cells = 0 if plain else layout.cells
    n, t = len(examples), clean_length + cells
    ids, positions = np.full((n, t), v.mask, np.int64), np.zeros((n, t), np.int64)
    anchor, block = np.zeros((n, t), np.int64), np.full((n, t), 99, np.int64)
    ids[:, :clean_length], block[:, :clean_length] = v.end, 0
    positions[:, :clean_length] = anchor[:, :clean_length] = np.arange(clean_length)
    clean, drafts = _Rows(), _Rows()
    for i, example in enumerate(examples):
        x, counted, offset = example.tokens, set(example.counted), i * t
        ids[i, : len(x)] = x
        for row in example.counted:
            clean.add(offset + row, x[row + 1], PLAIN if plain else CLEAN)
        if plain:
            continue
        at, first = clean_length, example.counted[0]
        for number, drawn in enumerate(draw_blocks(layout, first, max(first, len(x) - 3), len(x), random), 1):
            a, size = drawn.anchor, drawn.size
            anchor[i, at : at + size], block[i, at : at + size] = a, number
            positions[i, at : at + size] = np.arange(a + 1, a + 1 + size)
            for cell in range(size):
                row = a + 1 + cell
                if cell in drawn.revealed:
                    ids[i, at + cell] = x[row]
                if row + 1 < len(x) and row in counted and cell + 1 not in drawn.revealed:
                    kind = cell + 1 + (REVEALED if drawn.revealed else 0)
                    drafts.add(offset + at + cell, x[row + 1], kind, -1 if drawn.revealed else offset + row, FADE**cell)
            at += size
    rows = _choose(clean, drafts, most_rows, random)
    tokens = sum(len(example.tokens) + cells for example in examples)
    return Batch(ids, positions, anchor, block, *rows, plain=plain, examples=n, tokens=tokens)


def _choose(clean: _Rows, drafts: _Rows, most: int | None, random: Random) -> tuple[np.ndarray, ...]:
    kept, order = len(clean.row), list(range(len(drafts.row)))
    if most is not None:
        kept = min(kept, most * 3 // 4)
        random.shuffle(order)
        order = order[: most - kept]
    place = {row: at for at, row in enumerate(clean.row[:kept])}
    both = lambda name: getattr(clean, name)[:kept] + [getattr(drafts, name)[i] for i in order]
    teacher = [place.get(row, -1) for row in both("teacher_row")]
    padding = [0] * (0 if most is None else most - kept - len(order))
    columns = [both("row") + padding, both("target") + padding, both("kind") + padding, teacher + [-1] * len(padding)]
    return *(np.array(column, np.int64) for column in columns), np.array(both("weight") + padding, np.float32)
