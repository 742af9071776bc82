"""What the engine's int8 does to weights and activations, simulated with gradients that pass straight through (arXiv:1308.3432).

Must match src/model/quantize.ts (weights: symmetric, one scale an output, half away from zero) and src/model/graph.ts (activations: one scale a row, half to even).
"""

from __future__ import annotations

from typing import NamedTuple

import torch

SMALLEST = 1e-30


class Steps(NamedTuple):
    """int8 and what one step of each row means: value = steps * scale."""

    steps: torch.Tensor
    scale: torch.Tensor
    """[rows, 1] float32"""


def weights_in_steps(weights: torch.Tensor) -> Steps:
    """[out,in]"""
    scale = weights.float().abs().amax(-1, keepdim=True) / 127
    scaled = weights.float() / scale.clamp(min=SMALLEST)
    return Steps((torch.sign(scaled) * torch.floor(scaled.abs() + 0.5)).to(torch.int8), scale)


def rows_in_steps(rows: torch.Tensor) -> Steps:
    """[M,in]"""
    scale = rows.float().abs().amax(-1, keepdim=True) / 127
    return Steps(torch.round(rows.float() / scale.clamp(min=SMALLEST)).to(torch.int8), scale)


def product_in_steps(rows: Steps, weights: Steps) -> torch.Tensor:
    """[M,in] x [out,in] -> float32 [M,out]. Sums of whole numbers, so exact below 2^24, as the engine's int32; PyTorch's own int8 product is slower on a CPU."""
    return rows.steps.float() @ weights.steps.float().t() * rows.scale * weights.scale.t()


def round_weights(weights: torch.Tensor) -> torch.Tensor:
    """[out,in] -> the same weights as int8 with a scale for each output can say them."""
    with torch.no_grad():
        steps, scale = weights_in_steps(weights)
        rounded = (steps * scale).to(weights.dtype)
    return weights + (rounded - weights).detach()


def round_rows(rows: torch.Tensor) -> torch.Tensor:
    """[..., in] -> the same activations as uint8 around 128, 1 … 255, with a scale for each row can say them."""
    with torch.no_grad():
        steps, scale = rows_in_steps(rows)
        rounded = (steps * scale).to(rows.dtype)
    return rows + (rounded - rows).detach()
