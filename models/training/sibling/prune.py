from __future__ import annotations

import dataclasses
import re

import numpy as np

from coder.base_weights import BaseWeights

LAYER = re.compile(r"layers\.(\d+)\.(.+)")


def prune(base: BaseWeights, layers: list[int], rows: list[int]) -> BaseWeights:
    """Only these layers, in order and renumbered, and these rows of embedding and head."""
    place = {layer: i for i, layer in enumerate(layers)}
    weights = {"norm.weight": base.weights["norm.weight"], "embed_tokens.weight": np.ascontiguousarray(base.weights["embed_tokens.weight"][rows])}
    for name, weight in base.weights.items():
        found = LAYER.fullmatch(name)
        if found and int(found[1]) in place:
            weights[f"layers.{place[int(found[1])]}.{found[2]}"] = weight
    return BaseWeights(dataclasses.replace(base.shape, layers=len(layers), tokens=len(rows)), weights)
