"""Blocks of masks that ride behind a canvas. A block anchored at clean index a takes positions a+1…; its cell j speaks for token a+2+j, as in the engine (logits are shifted).

Most are all masks and learn from what the clean position a+1+j predicts (the teacher, in the same forward, without gradient). In a third of the larger ones some cells are revealed, for
samplers that reveal in any order; the rate of masks stays at or above one in B, and those cells learn from the text alone, since what stands to their right says more than the teacher knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class DraftLayout:
    """(cells, how many blocks of them) in a canvas's places for drafts."""

    blocks: tuple[tuple[int, int], ...] = ((8, 2), (4, 4), (2, 8))
    revealed_share: float = 0.35

    @property
    def cells(self) -> int:
        return sum(size * count for size, count in self.blocks)


@dataclass(frozen=True)
class DraftBlock:
    anchor: int
    size: int
    revealed: frozenset[int]


def draw_blocks(layout: DraftLayout, first: int, last: int, length: int, random: Random) -> list[DraftBlock]:
    """Blocks for all places, their anchors in first…last, different ones of a size where there are enough. `length`: of the clean canvas."""
    drawn = []
    for size, count in layout.blocks:
        span = last - first + 1
        offsets = random.sample(range(span), count) if span >= count else [random.randrange(span) for _ in range(count)]
        for anchor in (first + offset for offset in offsets):
            revealed: set[int] = set()
            if size > 2 and random.random() < layout.revealed_share:
                rate = random.random() * 0.9
                revealed = {cell for cell in range(size) if random.random() < rate and anchor + 1 + cell < length}
                if len(revealed) == size:
                    revealed.remove(random.choice(sorted(revealed)))
            drawn.append(DraftBlock(anchor, size, frozenset(revealed)))
    return drawn
