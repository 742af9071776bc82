"""What a sibling weighs, embedding and head counted once (they are tied)."""

from __future__ import annotations

import math

from coder.errors import TrainingError
from coder.shape import CoderShape

LIMIT_BYTES = 150_000_000
Q8_BYTES, Q8_WEIGHTS = 34, 32
"""A block of Q8_0: 32 int8 and a scale in fp16."""
FLOAT_BYTES = 4
TOKEN_BYTES = 48
"""The tokenizer's share for each token, merges and names and file tables: measured at 30 to 36, rounded up."""


def weights_bytes(shape: CoderShape) -> int:
    """As Q8_0 in a GGUF, vectors in float32."""
    matrices = sum(outputs * inputs for outputs, inputs in shape.matrices().values()) * shape.layers + shape.tokens * shape.width
    vectors = shape.width * (2 * shape.layers + 1) + (shape.heads + 2 * shape.groups) * shape.head_size * shape.layers
    return math.ceil(matrices / Q8_WEIGHTS) * Q8_BYTES + vectors * FLOAT_BYTES


def file_bytes(shape: CoderShape) -> int:
    """With the tokenizer, from above."""
    return weights_bytes(shape) + shape.tokens * TOKEN_BYTES + 65536


def most_layers(shape: CoderShape, limit_bytes: int = LIMIT_BYTES) -> int:
    """How many of the shape's layers fit with its tokens. Raises TrainingError where none does."""
    of = lambda layers: file_bytes(CoderShape(**{**vars(shape), "layers": layers}))
    fitting = [layers for layers in range(1, shape.layers + 1) if of(layers) <= limit_bytes]
    if not fitting:
        raise TrainingError(f"{shape.tokens} tokens alone leave no room for a layer within {limit_bytes:,} bytes: keep fewer")
    return fitting[-1]
