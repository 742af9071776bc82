from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from coder.base_weights import BaseWeights
from coder.errors import TrainingError
from coder.shape import CoderShape


def read_weights(file: Path, shape: CoderShape) -> BaseWeights:
    """Raises TrainingError where the file is none, or of another shape."""
    try:
        weights = {name.removeprefix("model."): weight.astype(np.float32) for name, weight in load_file(file).items()}
    except (SafetensorError, OSError) as error:
        raise TrainingError(f"{file} cannot be read as a sibling's weights: {error}") from error
    embedding = weights.get("embed_tokens.weight")
    last = f"layers.{shape.layers - 1}.mlp.down_proj.weight"
    if embedding is None or embedding.shape != (shape.tokens, shape.width) or last not in weights or f"layers.{shape.layers}.mlp.down_proj.weight" in weights:
        raise TrainingError(f"{file} does not hold {shape.layers} layers and {shape.tokens} tokens: it is another sibling's")
    return BaseWeights(shape, weights)
