"""A layer of Qwen2, in the two parts before and after its attention. Tokens are a flat list [M, W], so that padding's shape matters to the attention only."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .shape import CoderShape


def rms_norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
    wide = x.float()
    return (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + epsilon)).to(x.dtype) * weight.to(x.dtype)


def turn(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions (arXiv:2104.09864), in halves. x [M, heads, D]; cos, sin [M, 1, D/2]"""
    first, second = x.chunk(2, -1)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)


class Layer(nn.Module):
    """`matrices`: the seven by the names of `CoderShape.matrices`."""

    def __init__(self, shape: CoderShape, matrices: dict[str, nn.Module], input_norm: Tensor, post_norm: Tensor) -> None:
        super().__init__()
        self.shape = shape
        short = {name.split(".")[1].removesuffix("_proj"): matrix for name, matrix in matrices.items()}
        self.q, self.k, self.v, self.o = short["q"], short["k"], short["v"], short["o"]
        self.gate, self.up, self.down = short["gate"], short["up"], short["down"]
        self.register_buffer("input_norm", input_norm)
        self.register_buffer("post_norm", post_norm)

    def before(self, x: Tensor, cos: Tensor, sin: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """x [M,W] -> q [M,H,D], k and v [M,G,D]; q and k turned"""
        d = self.shape.head_size
        normed = rms_norm(x, self.input_norm, self.shape.epsilon)
        q, k, v = (
            matrix(normed).view(-1, heads, d) for matrix, heads in ((self.q, self.shape.heads), (self.k, self.shape.groups), (self.v, self.shape.groups))
        )
        return turn(q, cos, sin), turn(k, cos, sin), v

    def after(self, x: Tensor, attended: Tensor) -> Tensor:
        """x, attended [M,W] -> [M,W]"""
        x = x + self.o(attended)
        normed = rms_norm(x, self.post_norm, self.shape.epsilon)
        return x + self.down(F.silu(self.gate(normed)) * self.up(normed))
