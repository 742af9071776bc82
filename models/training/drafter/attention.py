"""Blocks attend to the features up to their anchor, and within themselves.

Letters: N canvases, T their length, A blocks a canvas, B cells a block, H query heads, G key/value heads, D head size.
"""

from __future__ import annotations

import torch
from torch import Tensor

from coder.attention import HIDDEN


def attend_blocks(q: Tensor, k: Tensor, v: Tensor, feature_k: Tensor, feature_v: Tensor, anchor: Tensor) -> Tensor:
    """q [N,A,B,H,D], k and v [N,A,B,G,D], feature_k and feature_v [N,T,G,D], anchor [N,A] -> [N,A,B,H*D]. The heads of a group share its keys."""
    n, a, b, heads, d = q.shape
    t, groups = feature_k.shape[1:3]
    shared = heads // groups
    q = q.view(n, a, b, groups, shared, d).permute(0, 3, 1, 2, 4, 5).reshape(n * groups, a * b * shared, d)
    k, v = (x.permute(0, 3, 1, 2, 4).reshape(n * groups * a, b, d) for x in (k, v))
    feature_k, feature_v = (x.transpose(1, 2).reshape(n * groups, t, d) for x in (feature_k, feature_v))
    past = torch.bmm(q, feature_k.transpose(1, 2)).view(n, groups, a, b * shared, t)
    own = torch.bmm(q.view(n * groups * a, b * shared, d), k.transpose(1, 2)).view(n, groups, a, b * shared, b)
    beyond = torch.arange(t, device=anchor.device) > anchor[:, None, :, None, None]  # [N,1,A,1,T]
    scores = torch.cat([past.float().masked_fill(beyond, HIDDEN), own.float()], -1) * d**-0.5
    weights = torch.softmax(scores, -1).to(v.dtype)
    out = torch.bmm(weights[..., :t].reshape(n * groups, a * b * shared, t), feature_v).view(n * groups * a, b * shared, d)
    out = out + torch.bmm(weights[..., t:].reshape(n * groups * a, b * shared, b), v)
    return out.view(n, groups, a, b, shared, d).permute(0, 2, 3, 1, 4, 5).reshape(n, a, b, heads * d)
