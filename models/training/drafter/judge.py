"""Drafts of held-out canvases, judged alike wherever they come from: a drafter (in one pass or two), or masks within the coder.

An anchor counts where the text's token a+1 is the coder's own choice, as it always is in the engine. Distance d is token a+1+d for both.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import torch
from torch import Tensor

from canvas.batch import Batch
from coder.layer import rms_norm
from coder.network import Coder

from .blocks import canvases_of
from .heads import Heads
from .losses import Read, cells_of, read
from .network import Drafter

CHUNK = 512
ANCHOR_SEED = 11
ANCHORS = 12
"""A canvas."""
Propose = Callable[[Batch, Read, Tensor], Tensor]
"""batch, what the coder made of it, anchor [N,A] -> drafts [N,A,D], distance 1 first"""


def choices(coder: Coder, normed: Tensor) -> tuple[Tensor, Tensor]:
    """normed [K,W] -> the likeliest token [K] and its probability [K]"""
    tokens, sure = [], []
    for part in normed.split(CHUNK):
        probability, token = torch.nn.functional.linear(part, coder.head.to(coder.dtype)).float().softmax(-1).max(-1)
        tokens.append(token)
        sure.append(probability)
    return torch.cat(tokens), torch.cat(sure)


@torch.no_grad()
def judge(coder: Coder, batches: list[Batch], mask: int, taps: tuple[int, ...], proposers: dict[str, tuple[Propose, int]]) -> dict[str, Heads]:
    """`proposers`: each with how many distances it drafts. All see the same anchors."""
    heads = {name: Heads(size) for name, (_, size) in proposers.items()}
    for number, batch in enumerate(batches):
        if batch.plain:
            continue
        seen = read(coder, batch, mask, taps)
        chosen = choices(coder, seen.last)[0].view(seen.ids.shape)
        anchors = _anchors(batch, chosen, Random(f"{ANCHOR_SEED}:{number}"))
        most = max(len(found) for found in anchors)
        if not most:
            continue
        anchor = torch.tensor([found + [1] * (most - len(found)) for found in anchors], device=coder.device)
        lengths = [canvas.length for canvas in canvases_of(batch)]
        for name, (propose, size) in proposers.items():
            drafts = propose(batch, seen, anchor).tolist()
            for i, found in enumerate(anchors):
                ids, own = seen.ids[i, : lengths[i]].tolist(), chosen[i].tolist()
                for at, a in enumerate(found):
                    stop = min(a + 2 + size, lengths[i])
                    heads[name].add(drafts[i][at], own[a + 1 : stop - 1], ids[a + 2 : stop])
    return heads


def _anchors(batch: Batch, chosen: Tensor, random: Random) -> list[list[int]]:
    found = []
    for i, canvas in enumerate(canvases_of(batch)):
        own = [a for a in canvas.rows if a + 2 < canvas.length and int(chosen[i, a]) == int(batch.ids[i, a + 1])]
        found.append(sorted(random.sample(own, min(ANCHORS, len(own)))))
    return found


def by_drafter(coder: Coder, drafter: Drafter, sure_above: float | None = None) -> Propose:
    """`sure_above`: what the first pass gives a probability above it is revealed, and all else drafted once more, where anything is left and anything was revealed."""

    def propose(batch: Batch, seen: Read, anchor: Tensor) -> Tensor:
        n, a = anchor.shape
        ids = cells_of(seen.ids, anchor, drafter.shape.block)
        masked = torch.ones_like(ids, dtype=torch.bool)
        masked[..., 0] = False
        features = drafter.features(seen.tapped)
        draft = lambda: choices(coder, drafter(ids, masked, anchor, features, coder.head).flatten(0, 2))
        token, probability = (x.view(n, a, -1) for x in draft())
        if sure_above is None:
            return token[..., 1:]
        ids = torch.where(masked, token, ids)
        masked = masked & (probability < sure_above)
        again = draft()[0].view(n, a, -1)
        return torch.where(masked, again, ids)[..., 1:]

    return propose


def by_masks(coder: Coder, mask: int, size: int) -> Propose:
    """`size` masks behind the anchor in the coder's own pass; cell j speaks for token a+2+j (logits are shifted)."""

    def propose(batch: Batch, seen: Read, anchor: Tensor) -> Tensor:
        (n, a), t = anchor.shape, seen.ids.shape[1]
        clean = torch.arange(t, device=anchor.device).expand(n, t)
        own = (torch.arange(a, device=anchor.device) + 1).repeat_interleave(size).expand(n, a * size)
        place = (anchor[..., None] + 1 + torch.arange(size, device=anchor.device)).flatten(1)
        ids = torch.cat([seen.ids, torch.full_like(place, mask)], 1)
        block = torch.cat([torch.zeros_like(clean), own], 1)
        x, _ = coder.hidden(ids, torch.cat([clean, place], 1), torch.cat([clean, anchor.repeat_interleave(size, 1)], 1), block, mask)
        rows = x.view(n, -1, x.shape[-1])[:, t:].flatten(0, 1)
        return choices(coder, rms_norm(rows, coder.norm, coder.shape.epsilon))[0].view(n, a, size)

    return propose
