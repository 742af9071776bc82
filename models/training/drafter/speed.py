"""Tokens a second, computed from measured parts: how drafts survive, and what passes cost by their rows. Nothing here has run in the engine."""

from __future__ import annotations

import numpy as np

RowMs = dict[int, float]
"""rows of a pass of the coder -> ms, measured; between, a straight line"""


def pass_ms(row_ms: RowMs, rows: int) -> float:
    """Raises ValueError beyond the measured rows."""
    known = sorted(row_ms)
    if not known[0] <= rows <= known[-1]:
        raise ValueError(f"a pass of {rows} rows was not measured, only {known[0]} to {known[-1]}")
    return float(np.interp(rows, known, [row_ms[at] for at in known]))


def with_masks(alive: list[float], row_ms: RowMs, masks: int) -> float:
    """`alive`: the share of drafts that agreed up to each distance. A pass holds the known token, its drafts and as many masks behind. Where the whole draft was right the next drafts are there at
    once; else they stood behind a wrong token, and a pass of the corrected token and fresh masks, worth one token, comes between."""
    agreed, missed = sum(alive[:masks]), 1 - alive[masks - 1]
    return 1000 * (1 + agreed + missed) / (pass_ms(row_ms, 1 + 2 * masks) + missed * pass_ms(row_ms, 1 + masks))


def with_drafter(alive: list[float], row_ms: RowMs, drafts: int, draft_ms: float) -> float:
    """Each pass of the coder verifies the first `drafts` of a block; the drafter runs between."""
    return 1000 * (1 + sum(alive[:drafts])) / (pass_ms(row_ms, 1 + drafts) + draft_ms)


def without(row_ms: RowMs) -> float:
    """One token a pass."""
    return 1000 / pass_ms(row_ms, 1)
