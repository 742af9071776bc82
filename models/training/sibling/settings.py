from __future__ import annotations

from dataclasses import dataclass

from canvas.batches import BatchPlan
from canvas.draft_blocks import DraftLayout
from tuning.loop_settings import LoopSettings


@dataclass(frozen=True)
class HealSettings(LoopSettings):
    learning_rate: float = 2e-4
    tokens: int = 1400
    masks: int = 8
    """In each of the blocks behind a canvas."""
    blocks: int = 2
    hard: float = 0.1
    """The text's own token, beside 1 for the KL from the teacher."""
    align: float = 0.0
    """The angle between a kept layer's output and the teacher's there."""

    @property
    def plan(self) -> BatchPlan:
        return BatchPlan(self.tokens, DraftLayout(((self.masks, self.blocks),) if self.blocks else ()), window=self.window)
