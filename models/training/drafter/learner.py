from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from torch import Tensor

from canvas.batch import Batch
from coder.network import Coder

from .blocks import draw_blocks
from .drafter_file import write_drafter
from .judge import by_drafter, judge
from .losses import draft_loss, read
from .network import Drafter
from .settings import DrafterSettings


class DrafterLearner:
    """The drafter as `tuning.loop.train_loop` sees it; the coder beside it is frozen."""

    file = "drafter.safetensors"

    def __init__(self, coder: Coder, drafter: Drafter, settings: DrafterSettings, mask: int, held_out: list[Batch]) -> None:
        self.coder, self.drafter, self.settings, self.mask, self.held_out = coder, drafter, settings, mask, held_out
        self.learning = dict(drafter.named_parameters())

    def loss(self, batch: Batch, random: Random) -> tuple[Tensor, dict[str, float]]:
        settings, taps = self.settings, self.drafter.shape.taps
        blocks = draw_blocks(batch, settings.blocks, self.drafter.shape.block, settings.revealed_share, random)
        return draft_loss(self.coder, self.drafter, read(self.coder, batch, self.mask, taps), blocks, settings.hard, settings.soft)

    def judge(self) -> dict[str, Any]:
        propose = {"drafter": (by_drafter(self.coder, self.drafter), self.drafter.shape.block - 1)}
        heads = judge(self.coder, self.held_out, self.mask, self.drafter.shape.taps, propose)["drafter"]
        return {"agreement": [round(share, 4) for share in heads.agreement()], "tokens_a_pass": round(heads.tokens_a_pass(), 4)}

    def write(self, file: Path) -> None:
        write_drafter(file, self.drafter)
