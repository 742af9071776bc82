from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from canvas.batch import Batch
from canvas.batches import Place, batches_ahead
from canvas.example import Examples
from canvas.region import MIXES
from coder.adapter import Adapter
from coder.base_weights import BaseWeights
from coder.network import Coder

from .adapter_learner import AdapterLearner
from .inputs import JUDGE_CONTEXT, JUDGE_PLAN, Loaded
from .loop import LoopRun, train_loop
from .saves import Save
from .settings import AdapterSettings


@dataclass(frozen=True)
class AdapterRun:
    """The rest is `LoopRun`'s."""

    settings: AdapterSettings
    loaded: Loaded
    base: BaseWeights
    adapter: Adapter
    state: Path
    budget_seconds: float = math.inf
    begun: float = 0.0


def train(run: AdapterRun, say: Callable[[str], None] = print, bar: bool = True) -> Save:
    """Trains an adapter, or goes on training it. Raises what `train_loop` raises."""
    settings, loaded, v = run.settings, run.loaded, run.loaded.vocabulary

    def source(place: Place) -> Iterator[tuple[Place, Batch]]:
        return batches_ahead(lambda: Examples(v, loaded.files, settings.context, MIXES[settings.mix]), settings.plan, settings.seed, place, settings.workers)

    def learner() -> AdapterLearner:
        torch.manual_seed(settings.seed)
        coder = Coder(run.base, adapter=run.adapter, frozen=settings.frozen, rounded=settings.rounded, checkpoints=settings.checkpoints, device=settings.device)
        if settings.compiled:
            coder.compile_parts()
        judged = loaded.held_out_batches(JUDGE_PLAN, JUDGE_CONTEXT, settings.judge_batches, plain=True)
        return AdapterLearner(coder, run.adapter, settings, v.mask, v.end, judged)

    return train_loop(LoopRun(settings, learner, source, run.state, loaded.identity, run.budget_seconds, run.begun), say, bar)
