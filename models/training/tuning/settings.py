"""What a recipe may say to a run that trains an adapter."""

from __future__ import annotations

from dataclasses import dataclass

from canvas.batches import BatchPlan
from canvas.draft_blocks import DraftLayout
from canvas.region import MIXES
from coder.errors import TrainingError

from .loop_settings import LoopSettings


@dataclass(frozen=True)
class AdapterSettings(LoopSettings):
    learning_rate: float = 4e-4
    warm_steps: int = 60
    constant_share: float = 0.15
    tokens: int = 2600
    window: int = 192
    context: tuple[int, ...] = (48, 96, 160, 160, 256, 400, 640)
    judge_seconds: float = 1800.0
    judge_batches: int = 10

    compiled: bool = True
    checkpoints: bool = False
    workers: int = 1
    """Processes that make batches ahead."""

    mix: str = "first"
    """Which holes, of `canvas.region.MIXES`."""

    rank: int = 32
    frozen: int = 0
    """Lowest layers whose adapter is merged and learns no more."""
    rounded: bool = False
    """Trains on weights and rows as the engine's int8 says them (QAT)."""

    lengths: tuple[int, ...] = ()
    """Clean lengths that batches are padded to; empty: each to its longest."""
    fixed_rows: bool = False
    blocks: tuple[tuple[int, int], ...] = ((8, 2), (4, 4), (2, 8))
    """(masks, how many blocks of them) behind each canvas; empty: the writing alone is trained."""

    hard: float = 0.1
    """A draft's own token, beside 1 for the clean canvas's."""
    soft: float = 0.4
    """The KL of a draft from what the clean row predicts there."""
    plain: float = 0.06
    """Cross-entropy of plain code, a batch of it beside 1 for a batch of canvases."""
    plain_kl: float = 0.0
    """The KL of plain code from the base's own distribution, which holds the base's loss there; needs `frozen` 0."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("rank", "workers"):
            if not getattr(self, name) > 0:
                raise TrainingError(f"the recipe's {name} is {getattr(self, name)}: it has to be above 0")
        if self.mix not in MIXES:
            raise TrainingError(f"the recipe's mix is {self.mix}: it has to be one of {', '.join(MIXES)}")
        if self.plain_kl and self.frozen:
            raise TrainingError("plain_kl needs the base's own distribution, which frozen layers with a merged adapter no longer give: set frozen to 0")

    @property
    def plan(self) -> BatchPlan:
        return BatchPlan(self.tokens, DraftLayout(self.blocks), self.lengths, window=self.window, fixed_rows=self.fixed_rows)

    @classmethod
    def free(cls) -> set[str]:
        return super().free() | {"compiled", "checkpoints", "workers"}
