"""What a coder knows of files that it never sees in training: loss in nats and accuracy, by what its rows predict."""

from __future__ import annotations

import torch

from canvas.batch import CLEAN, PLAIN, REVEALED, Batch
from coder.layer import rms_norm
from coder.network import Coder

from .losses import DeviceBatch, predict

Judgement = dict[str, tuple[float, float, int]]
"""name -> (nats, accuracy, rows): next, end (the end token where it is right), plain, draft1 …, revealed1 …"""
END = 102
CHUNK = 1024


@torch.no_grad()
def judge(coder: Coder, batches: list[Batch], mask: int, end: int) -> Judgement:
    sums: dict[int, list[float]] = {}
    for batch in batches:
        b = DeviceBatch.of(batch, coder.device)
        rows = predict(coder, b, mask)
        kind = torch.where((b.kind == CLEAN) & (b.target == end), END, b.kind)
        for at in range(0, len(kind), CHUNK):
            part = slice(at, at + CHUNK)
            logits = torch.nn.functional.linear(rms_norm(rows[part], coder.norm, coder.shape.epsilon), coder.head.to(coder.dtype)).float()
            loss = torch.nn.functional.cross_entropy(logits, b.target[part], reduction="none")
            hit, counts = (logits.argmax(-1) == b.target[part]).float(), b.weight[part] > 0
            for k in kind[part][counts].unique().tolist():
                chosen = (kind[part] == k) & counts
                total = sums.setdefault(k, [0.0, 0.0, 0])
                total[0] += loss[chosen].sum().item()
                total[1] += hit[chosen].sum().item()
                total[2] += int(chosen.sum())
    return {_name(k): (loss / n, hits / n, int(n)) for k, (loss, hits, n) in sorted(sums.items())}


def _name(kind: int) -> str:
    fixed = {CLEAN: "next", PLAIN: "plain", END: "end"}
    return fixed.get(kind) or (f"revealed{kind - REVEALED}" if kind > REVEALED else f"draft{kind}")
