from __future__ import annotations

from pathlib import Path
from random import Random

from torch import Tensor

from canvas.batch import Batch
from coder.adapter import Adapter, write_adapter
from coder.network import Coder

from .judge import Judgement, judge
from .settings import AdapterSettings
from .step_losses import StepLosses


class AdapterLearner:
    """The adapter as `loop.train_loop` sees it; what of it lies in frozen layers is saved as it came."""

    file = "adapter.safetensors"

    def __init__(self, coder: Coder, adapter: Adapter, settings: AdapterSettings, mask: int, end: int, held_out: list[Batch]) -> None:
        self.coder, self.adapter, self.mask, self.end, self.held_out = coder, adapter, mask, end, held_out
        self.learning, self.losses = coder.adapter_parameters, StepLosses(coder, settings, mask)

    def loss(self, batch: Batch, _: Random) -> tuple[Tensor, dict[str, float]]:
        loss, parts = self.losses(batch)
        return loss, {name: value.item() for name, value in vars(parts).items() if value is not None}

    def judge(self) -> Judgement:
        judged = judge(self.coder, self.held_out, self.mask, self.end)
        return {name: (round(loss, 4), round(right, 4), rows) for name, (loss, right, rows) in judged.items()}

    def write(self, file: Path) -> None:
        write_adapter(file, {**self.adapter, **self.learning})
