from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from canvas.batch import Batch
from canvas.batches import Place, batches, batches_ahead
from canvas.example import Examples
from canvas.source_files import SourceFile
from canvas.vocabulary import Vocabulary
from coder.adapter import Adapter
from coder.base_weights import BaseWeights
from coder.network import Coder

from .adapter_learner import AdapterLearner
from .loop import LoopRun, train_loop
from .saves import Save
from .settings import AdapterSettings

JUDGE_SEED = 7


@dataclass(frozen=True)
class AdapterRun:
    """`files` are trained on, `held_out` judged on; the rest is `LoopRun`'s."""

    settings: AdapterSettings
    vocabulary: Vocabulary
    base: BaseWeights
    adapter: Adapter
    files: list[SourceFile]
    held_out: list[SourceFile]
    state: Path
    identity: dict[str, str]
    budget_seconds: float = math.inf
    begun: float = 0.0


def train(run: AdapterRun, say: Callable[[str], None] = print, bar: bool = True) -> Save:
    """Trains an adapter, or goes on training it. Raises what `train_loop` raises."""
    settings, v = run.settings, run.vocabulary

    def source(place: Place) -> Iterator[tuple[Place, Batch]]:
        return batches_ahead(lambda: Examples(v, run.files, settings.context), settings.plan, settings.seed, place, settings.workers)

    def learner() -> AdapterLearner:
        torch.manual_seed(settings.seed)
        coder = Coder(run.base, adapter=run.adapter, frozen=settings.frozen, rounded=settings.rounded, checkpoints=settings.checkpoints, device=settings.device)
        if settings.compiled:
            coder.compile_parts()
        judged = itertools.islice(batches(Examples(v, run.held_out, settings.context), settings.plan, JUDGE_SEED), settings.judge_batches)
        return AdapterLearner(coder, run.adapter, settings, v.mask, v.end, [batch for _, batch in judged])

    return train_loop(LoopRun(settings, learner, source, run.state, run.identity, run.budget_seconds, run.begun), say, bar)
