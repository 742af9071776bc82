from __future__ import annotations

import dataclasses

import torch

from coder.adapter import Adapter
from coder.base_weights import BaseWeights

from .peft_format import merged_weight


def merge(base: BaseWeights, adapter: Adapter, mask: int) -> BaseWeights:
    """The base with the adapter in its matrices and the mask's embedding in row `mask` of embed_tokens (a place among the tokens that `base` keeps).

    Head and embedding are tied there, so the mask's own logit changes too: no sampler may choose the mask, and the engine's never does.
    """
    weights = dict(base.weights)
    for layer in range(base.shape.layers):
        for name in base.shape.matrices():
            at = f"layers.{layer}.{name}"
            weights[f"{at}.weight"] = merged_weight(torch.from_numpy(weights[f"{at}.weight"]), adapter, at).numpy()
    if "mask_embedding" in adapter:
        embedding = weights["embed_tokens.weight"].copy()
        embedding[mask] = adapter["mask_embedding"].float().numpy()
        weights["embed_tokens.weight"] = embedding
    return dataclasses.replace(base, weights=weights)
