"""What the engine's int8 does to weights and activations, simulated with gradients that pass straight through (arXiv:1308.3432).

Must match src/model/quantize.ts (weights: symmetric, one scale an output, half away from zero) and src/model/graph.ts (activations: one scale a row, half to even).
"""

from __future__ import annotations

import torch

SMALLEST = 1e-30


def round_weights(weights: torch.Tensor) -> torch.Tensor:
    """[out,in] -> the same weights as int8 with a scale for each output can say them."""
    with torch.no_grad():
        scale = (weights.abs().amax(-1, keepdim=True).float() / 127).clamp(min=SMALLEST)
        scaled = weights.float() / scale
        rounded = (torch.sign(scaled) * torch.floor(scaled.abs() + 0.5) * scale).to(weights.dtype)
    return weights + (rounded - weights).detach()


def round_rows(rows: torch.Tensor) -> torch.Tensor:
    """[..., in] -> the same activations as uint8 around 128, 1 … 255, with a scale for each row can say them."""
    with torch.no_grad():
        scale = (rows.abs().amax(-1, keepdim=True).float() / 127).clamp(min=SMALLEST)
        rounded = (torch.round(rows.float() / scale) * scale).to(rows.dtype)
    return rows + (rounded - rows).detach()
