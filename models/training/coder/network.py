from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from .adapter import SCALE, Adapter
from .attention import attend, bias_of, visible
from .base_weights import BaseWeights
from .layer import Layer, rms_norm
from .matrix import Adapted, Frozen, FrozenRounded, Rounded, Tuned


class Coder(nn.Module):
    """Qwen2 over whole canvases, without a cache. Letters: N rows, T their length, W width, V tokens kept.

    `adapter`: its tensors become parameters beside the base (`adapter_parameters`). The lowest `frozen` layers have theirs merged: no gradient goes through them. `rounded`: multiplies as
    the engine's int8 does. `tuned`: no adapter, every weight learns but the layers' norms. `checkpoints`: each layer is computed again in the backward pass, for a third more time and a fraction of the memory.
    """

    def __init__(self, base: BaseWeights, *, adapter: Adapter | None = None, frozen: int = 0, rounded: bool = False, tuned: bool = False, checkpoints: bool = False,
                 device: str = "cpu", dtype: torch.dtype = torch.bfloat16) -> None:  # fmt: skip
        super().__init__()
        self.shape, self.device, self.dtype, self.frozen, self.checkpoints = base.shape, device, dtype, frozen, checkpoints
        self.adapter_parameters: dict[str, nn.Parameter] = {}
        place = lambda name: torch.from_numpy(base.weights[name]).to(device, dtype)

        still = FrozenRounded if rounded else Frozen

        def matrix(layer: int, name: str) -> nn.Module:
            at = f"layers.{layer}.{name}"
            weight, bias = place(f"{at}.weight"), place(f"{at}.bias") if f"{at}.bias" in base.weights else None
            if tuned:
                return Tuned(weight, bias)
            if adapter is None or f"{at}.a" not in adapter:
                return still(weight, bias)
            a, b = (adapter[f"{at}.{half}"].to(device, torch.float32) for half in "ab")
            if layer < frozen:
                return still((weight.float() + SCALE * b @ a).to(dtype), bias)
            a, b = self._learn(f"{at}.a", a), self._learn(f"{at}.b", b)
            return (Rounded if rounded else Adapted)(weight, bias, a, b)

        self.layers = nn.ModuleList(
            Layer(
                base.shape,
                {name: matrix(i, name) for name in base.shape.matrices()},
                *(place(f"layers.{i}.{norm}.weight") for norm in ("input_layernorm", "post_attention_layernorm")),
            )
            for i in range(base.shape.layers)
        )
        head, norm = place("embed_tokens.weight"), place("norm.weight")
        if tuned:
            self.head, self.norm = nn.Parameter(head.float()), nn.Parameter(norm.float())
        else:
            self.register_buffer("head", head)
            self.register_buffer("norm", norm)
        self.register_buffer("coarse", None if tuned or base.coarse is None else torch.from_numpy(base.coarse).to(device, dtype))
        mask = adapter["mask_embedding"].to(device) if adapter else head.float().mean(0)
        self.mask_embedding = self._learn("mask_embedding", mask) if frozen == 0 and (adapter or tuned) else mask
        turns = 1.0 / base.shape.rope_theta ** (torch.arange(0, base.shape.head_size, 2, device=device).float() / base.shape.head_size)
        self.register_buffer("turns", turns)

    def _learn(self, name: str, value: Tensor) -> nn.Parameter:
        self.adapter_parameters[name] = nn.Parameter(value.clone())
        return self.adapter_parameters[name]

    @contextmanager
    def bare(self) -> Iterator[None]:
        """Meanwhile the coder is the base alone; without meaning where layers are frozen, whose adapter is merged."""
        adapted = [module for module in self.modules() if isinstance(module, Adapted)]
        try:
            for module in adapted:
                module.bare = True
            yield
        finally:
            for module in adapted:
                module.bare = False

    def compile_parts(self) -> None:
        """One compilation serves all layers of a kind, and all lengths."""
        for layer in self.layers:
            layer.before = torch.compile(layer.before, dynamic=True)
            layer.after = torch.compile(layer.after, dynamic=True)

    def hidden(self, ids: Tensor, positions: Tensor, anchor: Tensor, block: Tensor, mask: int, taps: Iterable[int] = ()) -> tuple[Tensor, list[Tensor]]:
        """ids, positions, anchor, block [N,T] (`attention.visible`); token `mask` has an embedding of its own -> before the last norm [N*T,W], and the outputs of the layers `taps`"""
        flat = ids.reshape(-1)
        x = torch.where(
            (flat == mask)[:, None], self.mask_embedding.to(self.dtype), F.embedding(flat, self.head.to(self.dtype) if self.coarse is None else self.coarse)
        )
        angles = positions.reshape(-1, 1).float() * self.turns
        cos, sin = angles.cos().to(self.dtype)[:, None], angles.sin().to(self.dtype)[:, None]
        bias, tapped, wanted = bias_of(visible(anchor, block), self.dtype), {}, set(taps)
        for i, layer in enumerate(self.layers):
            learns = torch.is_grad_enabled() and i >= self.frozen
            with torch.set_grad_enabled(learns):
                x = (
                    checkpoint(self._through, layer, x, cos, sin, bias, use_reentrant=False)
                    if learns and self.checkpoints
                    else self._through(layer, x, cos, sin, bias)
                )
            if i in wanted:
                tapped[i] = x
        return x, [tapped[i] for i in taps]

    @staticmethod
    def _through(layer: Layer, x: Tensor, cos: Tensor, sin: Tensor, bias: Tensor) -> Tensor:
        return layer.after(x, attend(*layer.before(x, cos, sin), bias))

    def logits(self, x: Tensor) -> Tensor:
        """x [K,W] before the last norm -> float32 [K,V]"""
        return F.linear(rms_norm(x, self.norm, self.shape.epsilon), self.head.to(self.dtype)).float()
