from __future__ import annotations

import numpy as np

from coder.adapter import SCALE, Adapter
from coder.base_weights import BaseWeights


def merged(base: BaseWeights, adapter: Adapter) -> BaseWeights:
    """The adapter in the weights, W' = W + SCALE · b a, but for its mask embedding."""
    weights = dict(base.weights)
    for name in [name.removesuffix(".a") for name in adapter if name.endswith(".a")]:
        a, b = adapter[f"{name}.a"].float().numpy(), adapter[f"{name}.b"].float().numpy()
        weights[f"{name}.weight"] = weights[f"{name}.weight"] + SCALE * b @ a
    return BaseWeights(base.shape, weights)


def with_mask_row(base: BaseWeights, mask: int, mask_embedding: np.ndarray) -> BaseWeights:
    """Token `mask`'s row (its place among the tokens that `base` keeps) becomes its embedding. It is its row of the head too (they are tied), so its own logit changes: no sampler may choose
    the mask, and the engine's never does."""
    embedding = base.weights["embed_tokens.weight"].copy()
    embedding[mask] = mask_embedding
    return BaseWeights(base.shape, {**base.weights, "embed_tokens.weight": embedding})


def merge(base: BaseWeights, adapter: Adapter, mask: int) -> BaseWeights:
    """Both."""
    whole = merged(base, adapter)
    return with_mask_row(whole, mask, adapter["mask_embedding"].float().numpy()) if "mask_embedding" in adapter else whole
