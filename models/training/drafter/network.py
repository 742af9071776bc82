"""The drafter. Letters: N canvases, T their length, A blocks a canvas, B cells a block, W width, V tokens kept."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from coder.errors import TrainingError
from coder.layer import Layer, rms_norm, turn
from coder.matrix import Tuned
from coder.network import Coder

from .attention import attend_blocks


@dataclass(frozen=True)
class DrafterShape:
    """`taps`: layers of the coder whose outputs are read. `block`: B, cells with the known token."""

    layers: int = 2
    block: int = 8
    taps: tuple[int, ...] = (5, 11, 17, 23)

    def check(self, coder_layers: int) -> None:
        """Raises TrainingError."""
        if not self.taps or not all(0 <= tap < coder_layers for tap in self.taps):
            raise TrainingError(f"taps are {self.taps}: the coder has the layers 0 to {coder_layers - 1}")
        if not 1 <= self.layers < coder_layers or self.block < 2:
            raise TrainingError(f"a drafter of {self.layers} layers and blocks of {self.block}: it needs 1 to {coder_layers - 1} layers and 2 cells or more")


class Drafter(nn.Module):
    """Reads the coder's hidden states, fused into one feature a position, as keys and values; its own rows are blocks only. Embedding and head are the coder's, and never learn.

    It starts as the coder's last layers but one, its feature as the last tap but one. Norms stay as copied: the matrices behind them can say any scale.
    """

    def __init__(self, coder: Coder, shape: DrafterShape) -> None:
        super().__init__()
        shape.check(coder.shape.layers)
        self.shape, self.coder_shape, self.dtype = shape, coder.shape, coder.dtype
        width, taps, first = coder.shape.width, len(shape.taps), coder.shape.layers - 1 - shape.layers
        fuse = torch.zeros(width, taps * width)
        fuse[:, max(0, taps - 2) * width :][:, :width] = torch.eye(width)
        self.fuse = nn.Parameter(fuse.to(coder.device))
        self.mask = nn.Parameter(coder.head.detach().float().mean(0))
        self.layers = nn.ModuleList(_copied(layer) for layer in coder.layers[first : first + shape.layers])
        self.register_buffer("feature_norm", coder.layers[first].input_norm.clone())
        self.register_buffer("norm", coder.norm.detach().clone())
        self.register_buffer("turns", coder.turns.clone(), persistent=False)

    def features(self, tapped: list[Tensor]) -> Tensor:
        """`tapped`: [N*T,W] each -> [N*T,W]"""
        fused = F.linear(torch.cat(tapped, -1).to(self.dtype), self.fuse.to(self.dtype))
        return rms_norm(fused, self.feature_norm, self.coder_shape.epsilon)

    def keys_values(self, layer: int, features: Tensor, positions: Tensor) -> tuple[Tensor, Tensor]:
        """features [M,W], positions [M] -> keys, turned, and values [M,G,D]: what an engine caches"""
        shape, own = self.coder_shape, self.layers[layer]
        k, v = (matrix(features).view(-1, shape.groups, shape.head_size) for matrix in (own.k, own.v))
        return turn(k, *self._angles(positions)), v

    def forward(self, ids: Tensor, masked: Tensor, anchor: Tensor, features: Tensor, embedding: Tensor) -> Tensor:
        """ids [N,A,B] (the known token, then cells), masked [N,A,B] bool, anchor [N,A], features [N*T,W], embedding [V,W] -> [N,A,B,W], normed: ready for the coder's head"""
        n = ids.shape[0]
        positions = torch.arange(features.shape[0] // n, device=ids.device).repeat(n)
        past = [tuple(y.view(n, -1, *y.shape[1:]) for y in self.keys_values(i, features, positions)) for i in range(self.shape.layers)]
        return self.draft(ids, masked, anchor, past, embedding)

    def draft(self, ids: Tensor, masked: Tensor, anchor: Tensor, past: list[tuple[Tensor, Tensor]], embedding: Tensor) -> Tensor:
        """As `forward`; `past`: each layer's keys and values of the features, [N,T,G,D]"""
        n, a, b = ids.shape
        known = F.embedding(ids, embedding.to(self.dtype))
        x = torch.where(masked[..., None], self.mask.to(self.dtype), known).view(n * a * b, -1)
        cos, sin = self._angles((anchor[..., None] + 1 + torch.arange(b, device=ids.device)).reshape(-1))
        for layer, (feature_k, feature_v) in zip(self.layers, past, strict=True):
            q, k, v = (y.view(n, a, b, -1, self.coder_shape.head_size) for y in layer.before(x, cos, sin))
            x = layer.after(x, attend_blocks(q, k, v, feature_k, feature_v, anchor).view(n * a * b, -1))
        return rms_norm(x, self.norm, self.coder_shape.epsilon).view(n, a, b, -1)

    def _angles(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        angles = positions.reshape(-1, 1).float() * self.turns
        return angles.cos().to(self.dtype)[:, None], angles.sin().to(self.dtype)[:, None]


def _copied(layer: Layer) -> Layer:
    names = {"q": "self_attn", "k": "self_attn", "v": "self_attn", "o": "self_attn", "gate": "mlp", "up": "mlp", "down": "mlp"}
    matrices = {f"{part}.{name}_proj": _learning(getattr(layer, name)) for name, part in names.items()}
    return Layer(layer.shape, matrices, layer.input_norm.clone(), layer.post_norm.clone())


def _learning(matrix: nn.Module) -> Tuned:
    clone = lambda weight: None if weight is None else weight.detach().clone()
    return Tuned(clone(matrix.weight), clone(matrix.bias))
