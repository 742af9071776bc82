"""Whether the engine's answers are the greedy ones of these weights.

One forward over canvas and answer says it for all its tokens: as long as all agree, each was chosen behind the same tokens, so the answers agree to the end (induction over positions).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from coder.layer import rms_norm
from coder.matrix import Frozen, FrozenRounded
from coder.network import Coder


@dataclass(frozen=True)
class Answered:
    """`canvas`, `ids`: places in the kept tokens; `head`: bytes that the first of `ids` have to spell (the typed head's end)."""

    id: str
    canvas: list[int]
    ids: list[int]
    head: bytes


@dataclass(frozen=True)
class Verdict:
    id: str
    differs_at: int | None
    """Index in the answer; None: the same to the end."""
    margin: float
    """There, how far PyTorch's choice lies above the engine's, in logits; else 0."""


class GreedyCheck:
    """`pieces`: bytes of each token, empty for special ones. `rounded`: the head too is multiplied as the engine does it."""

    def __init__(self, coder: Coder, pieces: list[bytes], end: int, mask: int, rounded: bool) -> None:
        self.coder, self.pieces, self.mask = coder, pieces, mask
        self.ordinary = torch.tensor([bool(piece) or token == end for token, piece in enumerate(pieces)])
        self.head = FrozenRounded(coder.head, None) if rounded else Frozen(coder.head, None)

    @torch.no_grad()
    def __call__(self, answered: Answered) -> Verdict:
        tokens = torch.tensor([answered.canvas + answered.ids[:-1]])
        at = torch.arange(tokens.shape[1])[None]
        hidden = self.coder.hidden(tokens, at, at, torch.zeros_like(at), self.mask)[0][len(answered.canvas) - 1 :]
        normed = rms_norm(hidden, self.coder.norm, self.coder.shape.epsilon)
        logits = self.head(normed).float()
        rest = answered.head
        for i, (row, token) in enumerate(zip(logits, answered.ids, strict=True)):
            allowed = self._spelling(rest) if rest else self.ordinary
            best = int(row.masked_fill(~allowed, -torch.inf).argmax())
            if best != token:
                return Verdict(answered.id, i, float(row[best] - row[token]))
            rest = rest[len(self.pieces[token]) :]
        return Verdict(answered.id, None, 0.0)

    def _spelling(self, rest: bytes) -> Tensor:
        """Tokens that the rest begins with, and those that begin with the rest."""
        return torch.tensor([bool(piece) and (rest.startswith(piece) or piece.startswith(rest)) for piece in self.pieces])
