"""The loss through the coder's head without ever holding all logits: each chunk's gradient is taken while its logits are there."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

CHUNK = 256


class HeadLoss(torch.autograd.Function):
    """x [K,W], normed; head [V,W]; target [K]; teacher [R,V] logits and of_teacher [K] (a row's teacher; without meaning where soft is 0); hard and soft [K]: weights
    -> sum of hard * cross-entropy + soft * KL(teacher, draft), and both unweighted [K] (no gradient through these)"""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, head: Tensor, target: Tensor, teacher: Tensor, of_teacher: Tensor, hard: Tensor, soft: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        gradient, cross_entropies, kls = torch.empty_like(x), [], []
        for at in range(0, x.shape[0], CHUNK):
            part = slice(at, at + CHUNK)
            log_p = F.linear(x[part], head).float().log_softmax(-1)
            log_q = teacher[of_teacher[part]].float().log_softmax(-1)
            q = log_q.exp()
            cross_entropies.append(-log_p.gather(1, target[part, None])[:, 0])
            kls.append((q * (log_q - log_p)).sum(-1))
            by_logit = log_p.exp_().mul_((hard + soft)[part, None]).sub_(q.mul_(soft[part, None]))
            by_logit.scatter_add_(1, target[part, None], -hard[part, None])
            gradient[part] = by_logit.to(x.dtype) @ head
        ctx.save_for_backward(gradient)
        none = x.new_zeros(0, dtype=torch.float32)
        cross_entropy, kl = torch.cat([none, *cross_entropies]), torch.cat([none, *kls])
        ctx.mark_non_differentiable(cross_entropy, kl)
        return (hard * cross_entropy + soft * kl).sum(), cross_entropy, kl

    @staticmethod
    def backward(ctx: Any, by_sum: Tensor, *_: Tensor) -> tuple[Tensor | None, ...]:
        return (ctx.saved_tensors[0] * by_sum, *[None] * 6)
