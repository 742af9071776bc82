"""What a layer does, measured: the angle between what goes in and what comes out (arXiv:2403.17887, equation 2, for single layers)."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from canvas.batch import Batch
from coder.network import Coder
from tuning.losses import DeviceBatch


def angle(before: Tensor, after: Tensor) -> Tensor:
    """[M,W] twice -> [M], 0 (the same direction) … 1 (the opposite)"""
    return torch.arccos(F.cosine_similarity(before.float(), after.float(), dim=-1).clamp(-1, 1)) / math.pi


@torch.no_grad()
def layer_angles(coder: Coder, batches: list[Batch], mask: int) -> list[float]:
    """[L]: each layer's mean over the rows that predict."""
    layers = coder.shape.layers
    total, rows = torch.zeros(layers, dtype=torch.float64), 0
    for batch in batches:
        b = DeviceBatch.of(batch, coder.device)
        _, tapped = coder.hidden(b.ids, b.positions, b.anchor, b.block, mask, range(layers))
        first = F.embedding(b.ids.reshape(-1), coder.head.to(coder.dtype))
        first[b.ids.reshape(-1) == mask] = coder.mask_embedding.to(coder.dtype)
        states = [first, *tapped]
        counted = b.row[b.weight > 0]
        rows += len(counted)
        total += torch.stack([angle(states[i][counted], states[i + 1][counted]).sum().double().cpu() for i in range(layers)])
    return (total / max(1, rows)).tolist()


def layers_to_keep(angles: list[float], count: int) -> list[int]:
    """Those that turn their input most, ascending; the first and the last always (where there are two to keep), and of equals the earlier."""
    always = {0, len(angles) - 1} if count >= 2 else set()
    rest = sorted((i for i in range(len(angles)) if i not in always), key=lambda i: (-angles[i], i))
    return sorted([*always, *rest[: count - len(always)]])
