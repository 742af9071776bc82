from __future__ import annotations

import dataclasses
import re

import numpy as np

from coder.adapter import SCALE, Adapter
from coder.base_weights import BaseWeights

LAYER = re.compile(r"layers\.(\d+)\.(.+)")


def merged(base: BaseWeights, adapter: Adapter) -> BaseWeights:
    """The adapter in the weights, but for its mask embedding."""
    weights = dict(base.weights)
    for name in [name.removesuffix(".a") for name in adapter if name.endswith(".a")]:
        a, b = adapter[f"{name}.a"].numpy(), adapter[f"{name}.b"].numpy()
        weights[f"{name}.weight"] = weights[f"{name}.weight"] + SCALE * b @ a
    return BaseWeights(base.shape, weights)


def with_mask_row(base: BaseWeights, mask: int, mask_embedding: np.ndarray) -> BaseWeights:
    """Token `mask`'s row becomes its embedding. It is its row of the head too (they are tied), so a sampler could choose it until healing has taught that it never comes."""
    embedding = base.weights["embed_tokens.weight"].copy()
    embedding[mask] = mask_embedding
    return BaseWeights(base.shape, {**base.weights, "embed_tokens.weight": embedding})


def prune(base: BaseWeights, layers: list[int], rows: list[int]) -> BaseWeights:
    """Only these layers, in order and renumbered, and these rows of embedding and head."""
    place = {layer: i for i, layer in enumerate(layers)}
    weights = {"norm.weight": base.weights["norm.weight"], "embed_tokens.weight": np.ascontiguousarray(base.weights["embed_tokens.weight"][rows])}
    for name, weight in base.weights.items():
        found = LAYER.fullmatch(name)
        if found and int(found[1]) in place:
            weights[f"layers.{place[int(found[1])]}.{found[2]}"] = weight
    return BaseWeights(dataclasses.replace(base.shape, layers=len(layers), tokens=len(rows)), weights)
