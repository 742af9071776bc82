"""A coder, a drafter and canvases of a few tokens each."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace

import torch

from canvas.batch import Batch, make_batch
from canvas.draft_blocks import DraftLayout
from canvas.example import Example
from coder.base_weights import BaseWeights, made_up
from coder.network import Coder
from coder.shape import CoderShape
from drafter.network import Drafter, DrafterShape

END, MASK = 0, 1
SHAPE = CoderShape(layers=4, width=32, heads=4, groups=2, head_size=8, feed_forward=64, tokens=50)
TAPS = (0, 1, 2, 3)
NO_MASKS = DraftLayout(())


def base_made_up() -> BaseWeights:
    """Larger weights than training starts with, so that a change anywhere shows."""
    base = made_up(SHAPE, 3)
    return BaseWeights(SHAPE, {name: weight if "norm" in name else weight * 10 for name, weight in base.weights.items()})


def coder_made_up() -> Coder:
    return Coder(base_made_up(), dtype=torch.float32)


def drafter_made_up(coder: Coder, block: int = 6) -> Drafter:
    return Drafter(coder, DrafterShape(layers=2, block=block, taps=TAPS))


def batch_made_up(seed: int, layout: DraftLayout = NO_MASKS) -> Batch:
    random = Random(seed)
    examples = []
    for i in range(3):
        tokens = [random.randrange(2, SHAPE.tokens) for _ in range(29 - i)] + [END]
        examples.append(Example(tokens, list(range(8, 29 - i))))
    return make_batch(SimpleNamespace(mask=MASK, end=END), examples, 32, layout, None, random)
