"""Healing: the pruned coder learns the whole one's distributions on the same canvases, masks behind them included. Every weight learns but the layers' norms."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from torch import Tensor

from canvas.batch import Batch
from coder.base_weights import BaseWeights
from coder.network import Coder
from export.hugging_face import write_weights
from tuning.judge import judge
from tuning.losses import DeviceBatch, kl_from, mean

from .importance import angle
from .settings import HealSettings

TIED = -1
"""No token: the student's mask has its row of the embedding, which is its row of the head too, so that an exported model needs no third vector."""


class Healing:
    """The sibling as `tuning.loop.train_loop` sees it. `layers`: the teacher's that it keeps; both read the sibling's tokens."""

    file = "sibling.safetensors"

    def __init__(self, teacher: Coder, student: Coder, layers: list[int], settings: HealSettings, mask: int, end: int, held_out: list[Batch]) -> None:
        self.teacher, self.student, self.layers, self.settings = teacher, student, layers, settings
        self.mask, self.end, self.held_out = mask, end, held_out
        self.learning = {name: weight for name, weight in student.named_parameters() if name != "mask_embedding"}

    def loss(self, batch: Batch, _: Random) -> tuple[Tensor, dict[str, float]]:
        b, settings = DeviceBatch.of(batch, self.student.device), self.settings
        rows, tapped = self._hidden(self.student, b, TIED, range(len(self.layers)))
        with torch.no_grad():
            theirs, their_tapped = self._hidden(self.teacher, b, self.mask, self.layers)
            wanted = self.teacher.logits(theirs[b.row])
        logits = self.student.logits(rows[b.row])
        kl = mean(kl_from(wanted, logits), b.weight)
        hard = mean(torch.nn.functional.cross_entropy(logits, b.target, reduction="none"), b.weight)
        parts, loss = {"kl": kl.item(), "hard": hard.item()}, kl + settings.hard * hard
        if settings.align:
            apart = torch.stack([angle(ours[b.row], there[b.row]).mean() for ours, there in zip(tapped, their_tapped, strict=True)]).mean()
            parts["angle"] = apart.item()
            loss = loss + settings.align * apart
        return loss, parts

    def _hidden(self, coder: Coder, b: DeviceBatch, mask: int, taps: Any) -> tuple[Tensor, list[Tensor]]:
        return coder.hidden(b.ids, b.positions, b.anchor, b.block, mask, taps if self.settings.align else ())

    def judge(self) -> dict[str, Any]:
        return {name: (round(loss, 4), round(right, 4), rows) for name, (loss, right, rows) in judge(self.student, self.held_out, TIED, self.end).items()}

    def write(self, file: Path) -> None:
        write_weights(file, healed(self.student))


def healed(student: Coder) -> BaseWeights:
    """The student's weights by the base's names, float32."""
    as_array = lambda weight: weight.detach().float().cpu().numpy()
    weights: dict[str, np.ndarray] = {"embed_tokens.weight": as_array(student.head), "norm.weight": as_array(student.norm)}
    for i, layer in enumerate(student.layers):
        at = f"layers.{i}."
        weights |= {f"{at}input_layernorm.weight": as_array(layer.input_norm), f"{at}post_attention_layernorm.weight": as_array(layer.post_norm)}
        for name in student.shape.matrices():
            matrix = getattr(layer, name.split(".")[1].removesuffix("_proj"))
            weights[f"{at}{name}.weight"] = as_array(matrix.weight)
            if matrix.bias is not None:
                weights[f"{at}{name}.bias"] = as_array(matrix.bias)
    return BaseWeights(student.shape, weights)
