from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from canvas.batch import Batch
from coder.layer import rms_norm
from coder.network import Coder


@dataclass(frozen=True)
class Parts:
    """A batch's means; a batch of canvases has no `plain`, one of plain code nothing else."""

    next: Tensor | None = None
    hard: Tensor | None = None
    soft: Tensor | None = None
    plain: Tensor | None = None
    plain_kl: Tensor | None = None


@dataclass(frozen=True)
class DeviceBatch:
    """A batch's arrays as tensors on the coder's device."""

    ids: Tensor
    positions: Tensor
    anchor: Tensor
    block: Tensor
    row: Tensor
    target: Tensor
    kind: Tensor
    teacher: Tensor
    weight: Tensor

    @classmethod
    def of(cls, batch: Batch, device: str) -> DeviceBatch:
        return cls(**{name: torch.from_numpy(getattr(batch, name)).to(device) for name in cls.__annotations__})


def row_losses(x: Tensor, norm: Tensor, head: Tensor, target: Tensor, teacher: Tensor, epsilon: float) -> tuple[Tensor, Tensor]:
    """x [K,W] before the last norm, target [K], teacher [D]: for each of the last D rows (the drafts) a place among the K rows, below 0 as good as 0
    -> cross-entropy [K], KL of the drafts from their teachers' distributions [D]"""
    logits = F.linear(rms_norm(x, norm, epsilon), head.to(x.dtype)).float()
    total = logits.logsumexp(-1)
    cross_entropy = total - logits.gather(1, target[:, None])[:, 0]
    log_p = logits - total[:, None]
    log_q = log_p.detach()[teacher.clamp(min=0)]
    return cross_entropy, (log_q.exp() * (log_q - log_p[x.shape[0] - teacher.shape[0] :])).sum(-1)


def kl_from(teacher_logits: Tensor, logits: Tensor) -> Tensor:
    """[K,V] twice -> [K]"""
    log_q = teacher_logits.log_softmax(-1)
    return (log_q.exp() * (log_q - logits.log_softmax(-1))).sum(-1)


def predict(coder: Coder, batch: DeviceBatch, mask: int) -> Tensor:
    """[K,W]: the rows that predict, before the last norm"""
    return coder.hidden(batch.ids, batch.positions, batch.anchor, batch.block, mask)[0][batch.row]


def mean(values: Tensor, weight: Tensor) -> Tensor:
    return (values * weight).sum() / weight.sum().clamp(min=1e-6)
