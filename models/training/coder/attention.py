"""Who sees whom, and the attention itself. Letters: N rows, T their length, H query heads, G key/value heads, D head size."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel

HIDDEN = -3e4  # as good as -inf in bf16, and a row that sees nothing (padding) stays a number


def visible(anchor: Tensor, block: Tensor) -> Tensor:
    """[N,T] twice -> [N,T,T] bool: a row sees the clean columns up to its anchor, and the columns of its own block (0: clean, no block)."""
    column = torch.arange(anchor.shape[1], device=anchor.device)
    clean = (block == 0)[:, None, :] & (column <= anchor[:, :, None])
    own = (block[:, :, None] > 0) & (block[:, :, None] == block[:, None, :])
    return clean | own


def bias_of(seen: Tensor, dtype: torch.dtype) -> Tensor:
    """[N,T,T] bool -> [N,1,T,T]: 0 where seen"""
    return torch.zeros(seen.shape, dtype=dtype, device=seen.device).masked_fill_(~seen, HIDDEN)[:, None]


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """q [N*T,H,D], k and v [N*T,G,D], bias [N,1,T,T] -> [N*T, H*D]"""
    return _attend_in_products(q, k, v, bias) if q.device.type == "cpu" else _attend_fused(q, k, v, bias)


def _attend_fused(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    n, t, heads = bias.shape[0], bias.shape[-1], q.shape[1]
    split = lambda x: x.view(n, t, *x.shape[1:]).transpose(1, 2).repeat_interleave(heads // x.shape[1], 1)
    # cuDNN's kernel, which PyTorch 2.11 prefers on an H100, gave gradients that are not numbers with this bias and these weights
    with sdpa_kernel([SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]):
        out = F.scaled_dot_product_attention(split(q), split(k), split(v), attn_mask=bias.expand(n, heads, t, t))
    return out.transpose(1, 2).reshape(n * t, -1)


def _attend_in_products(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Two batched products: at these lengths twice as fast on a CPU with AMX as the fused kernel, whose backward does not use it. Heads of a group share its keys."""
    n, t, groups, d = bias.shape[0], bias.shape[-1], k.shape[1], q.shape[-1]
    heads = q.shape[1] // groups
    q = (q * d**-0.5).view(n, t, groups, heads * d).transpose(1, 2).reshape(n * groups, t * heads, d)  # a key's rows: [t, heads of the group]
    k, v = (x.view(n, t, groups, d).transpose(1, 2).reshape(n * groups, t, d) for x in (k, v))
    scores = torch.bmm(q, k.transpose(1, 2))
    # added and exponentiated in bf16's own kernel, which is faster than what the compiler makes of it; a bias of 0 or HIDDEN costs no precision
    weights = torch.softmax(scores.view(n, groups, t, heads, t) + bias[:, :, :, None], -1)
    out = torch.bmm(weights.view(n * groups, t * heads, t), v)
    return out.view(n, groups, t, heads * d).transpose(1, 2).reshape(n * t, -1)
