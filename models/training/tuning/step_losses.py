from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from canvas.batch import Batch
from coder.network import Coder

from .losses import DeviceBatch, Parts, kl_from, mean, predict, row_losses
from .settings import AdapterSettings


class StepLosses:
    """A batch's losses and their weighted sum. The head's part is compiled once, for any number of rows."""

    def __init__(self, coder: Coder, settings: AdapterSettings, mask: int) -> None:
        self.coder, self.settings, self.mask = coder, settings, mask
        self.row_losses: Callable[..., tuple[Tensor, Tensor]] = torch.compile(row_losses, dynamic=True) if settings.compiled else row_losses

    def __call__(self, batch: Batch) -> tuple[Tensor, Parts]:
        coder, b = self.coder, DeviceBatch.of(batch, self.coder.device)
        rows, clean = predict(coder, b, self.mask), batch.clean_rows
        cross_entropy, kl = self.row_losses(rows, coder.norm, coder.head, b.target, b.teacher[clean:], coder.shape.epsilon)
        if batch.plain:
            return self._plain(rows, cross_entropy, b)
        next_ = mean(cross_entropy[:clean], b.weight[:clean])
        drafts = b.weight[clean:]
        hard, soft = mean(cross_entropy[clean:], drafts), mean(kl, drafts * (b.teacher[clean:] >= 0))
        return next_ + self.settings.hard * hard + self.settings.soft * soft, Parts(next_, hard, soft)

    def _plain(self, rows: Tensor, cross_entropy: Tensor, b: DeviceBatch) -> tuple[Tensor, Parts]:
        plain = mean(cross_entropy, b.weight)
        if not self.settings.plain_kl:
            return self.settings.plain * plain, Parts(plain=plain)
        with torch.no_grad(), self.coder.bare():
            base = self.coder.logits(predict(self.coder, b, self.mask))
        kl = mean(kl_from(base, self.coder.logits(rows)), b.weight)
        return self.settings.plain * plain + self.settings.plain_kl * kl, Parts(plain=plain, plain_kl=kl)
