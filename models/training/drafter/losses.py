"""What a drafter learns from a batch of clean canvases: the coder's own distribution (soft) and the text (hard), both fading with the distance."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from canvas.batch import FADE, Batch
from coder.layer import rms_norm
from coder.network import Coder

from .blocks import Blocks
from .head_loss import HeadLoss
from .network import Drafter


@dataclass(frozen=True)
class Read:
    """What the coder makes of clean canvases: ids [N,T], last [N*T,W] (normed), tapped [N*T,W] each."""

    ids: Tensor
    last: Tensor
    tapped: list[Tensor]


@torch.no_grad()
def read(coder: Coder, batch: Batch, mask: int, taps: tuple[int, ...]) -> Read:
    b = {name: torch.from_numpy(getattr(batch, name)).to(coder.device) for name in ("ids", "positions", "anchor", "block")}
    x, tapped = coder.hidden(b["ids"], b["positions"], b["anchor"], b["block"], mask, taps)
    return Read(b["ids"], rms_norm(x, coder.norm, coder.shape.epsilon), tapped)


def cells_of(ids: Tensor, anchor: Tensor, size: int) -> Tensor:
    """ids [N,T], anchor [N,A] -> [N,A,B] tokens a+1 … a+B; beyond the canvas its last"""
    at = anchor[..., None] + 1 + torch.arange(size, device=ids.device)
    return ids.gather(1, at.clamp(max=ids.shape[1] - 1).flatten(1)).view(at.shape)


def draft_loss(coder: Coder, drafter: Drafter, seen: Read, blocks: Blocks, hard: float, soft: float) -> tuple[Tensor, dict[str, float]]:
    """-> the weighted mean over masked cells, and the plain means of both parts. Cells whose block has revealed ones learn from the text alone: what stands to their right says more
    than their teacher knows; they weigh as the others do."""
    anchor, inside, revealed = (torch.from_numpy(x).to(coder.device) for x in (blocks.anchor, blocks.inside, blocks.revealed))
    ids = cells_of(seen.ids, anchor, drafter.shape.block)
    distance = torch.arange(drafter.shape.block, device=coder.device).expand(ids.shape)
    masked = (distance > 0) & ~revealed
    out = drafter(ids, masked, anchor, drafter.features(seen.tapped), coder.head)
    counts = masked & inside
    taught = ~revealed.any(-1, keepdim=True).expand(ids.shape)[counts]
    rows = (torch.arange(ids.shape[0], device=coder.device)[:, None, None] * seen.ids.shape[1] + anchor[..., None] + distance)[
        counts
    ]  # clean row a+d speaks for cell d
    rows, of_teacher = rows.unique(return_inverse=True)
    with torch.no_grad():
        teacher = F.linear(seen.last[rows], coder.head)
    weight = FADE ** (distance[counts] - 1).float()
    weight = weight / weight.sum().clamp(min=1e-6)
    hards = weight * torch.where(taught, hard, hard + soft)
    loss, cross_entropy, kl = HeadLoss.apply(out[counts], coder.head, ids[counts], teacher, of_teacher, hards, weight * soft * taught)
    return loss, {"hard": cross_entropy.mean().item(), "soft": kl[taught].mean().item()}
