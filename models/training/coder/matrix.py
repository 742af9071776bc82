"""A layer's matrices in their four states. All take [M, in] and give [M, out]; base weights carry no gradient unless the coder is tuned whole."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from .adapter import SCALE
from .rounding import Steps, product_in_steps, round_rows, round_weights, rows_in_steps, weights_in_steps


class Frozen(nn.Module):
    """y = W x + bias; with an adapter merged, where there is one."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight, self.bias)


class FrozenRounded(nn.Module):
    """The same, multiplied as the engine multiplies: in whole numbers. No gradient."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        steps, scale = weights_in_steps(weight)
        self.register_buffer("steps", steps.float())  # so that the product does not make them so each time
        self.register_buffer("scale", scale)
        self.register_buffer("bias", bias)

    def forward(self, x: Tensor) -> Tensor:
        y = product_in_steps(rows_in_steps(x), Steps(self.steps, self.scale))
        return (y if self.bias is None else y + self.bias).to(x.dtype)


class Adapted(Frozen):
    """y = W x + bias + SCALE · b (a x): the base is never copied, and its gradient is never computed."""

    def __init__(self, weight: Tensor, bias: Tensor | None, a: nn.Parameter, b: nn.Parameter) -> None:
        super().__init__(weight, bias)
        self.a, self.b = a, b
        self.bare = False
        """As the base without its adapter (`Coder.bare`)."""

    def forward(self, x: Tensor) -> Tensor:
        if self.bare:
            return F.linear(x, self.weight, self.bias)
        inner = F.linear(x, self.a.to(x.dtype)) * SCALE
        return F.linear(x, self.weight, self.bias) + F.linear(inner, self.b.to(x.dtype))


class Rounded(Adapted):
    """As the engine multiplies: the adapter merged, weights and rows rounded to int8. Costs a gradient for the whole matrix, half as much again as `Adapted`."""

    def forward(self, x: Tensor) -> Tensor:
        if self.bare:
            return F.linear(round_rows(x), round_weights(self.weight), self.bias)
        merged = self.weight + (SCALE * (self.b @ self.a)).to(x.dtype)
        return F.linear(round_rows(x), round_weights(merged), self.bias)


class Tuned(nn.Module):
    """Every weight learns; float32 master weights."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.float())
        self.bias = None if bias is None else nn.Parameter(bias.float())

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.to(x.dtype), None if self.bias is None else self.bias.to(x.dtype))
