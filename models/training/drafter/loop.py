"""The loop around whatever learns from batches. As tuning/train.py it can be killed at any moment, stops at numbers that are none and keeps to its budget; it coordinates, no more."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from tqdm import tqdm

from canvas.batch import Batch
from canvas.batches import Place
from coder.errors import TrainingError
from tuning.run_log import RunLog
from tuning.saves import Save, newest_save
from tuning.schedule import rate_share
from tuning.train import Diverged

from .ending import Ending
from .saves import write_save
from .settings import LoopSettings

SMOOTHING = 0.95


class Learner(Protocol):
    """`file`: the name of its weights in a save."""

    file: str
    learning: dict[str, nn.Parameter]

    def loss(self, batch: Batch, random: Random) -> tuple[Tensor, dict[str, float]]:
        """-> the loss, and its parts for the log"""

    def judge(self) -> dict[str, Any]:
        """On held-out files, for the log."""

    def write(self, file: Path) -> None: ...


@dataclass(frozen=True)
class LoopRun:
    """`source` gives batches from a place on (where the run stands once the batch is done, the batch). `identity`: hashes of what went in; a run goes on only with the same.
    `budget_seconds`: this piece's, its start counted from `begun` (time.monotonic)."""

    settings: LoopSettings
    learner: Learner
    source: Callable[[Place], Iterator[tuple[Place, Batch]]]
    state: Path
    identity: dict[str, str]
    budget_seconds: float = math.inf
    begun: float = 0.0


@dataclass
class Progress:
    step: int = 0
    place: Place = field(default_factory=Place)
    seconds: float = 0.0
    """Trained so far, in all pieces, by the clock of the settings; judging and saving not counted."""
    cpu_seconds: float = 0.0
    examples: int = 0

    def share(self, settings: LoopSettings) -> float:
        return self.step / settings.steps if settings.steps else self.seconds / (settings.minutes * 60)


def train_loop(run: LoopRun, say: Callable[[str], None] = print, bar: bool = True) -> Save:
    """Trains to the run's end, its budget's, or a SIGINT or SIGTERM; goes on from the newest save in `state`. Raises Diverged, and TrainingError where the state is another run's or a disk is full."""
    settings, learner, state = run.settings, run.learner, run.state
    state.mkdir(parents=True, exist_ok=True)
    clock = time.process_time if settings.cpu_time else time.monotonic
    optimizer = torch.optim.AdamW(learner.learning.values(), lr=settings.learning_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    save, progress = _go_on(run, optimizer, say)
    source, log, ending = run.source(progress.place), RunLog(state / "log.jsonl", progress.step), Ending()
    counts = lambda: {"step": progress.step, "seconds": progress.seconds, "cpu_seconds": progress.cpu_seconds, "examples": progress.examples}

    def judge_now() -> None:
        judged = learner.judge()
        log.write(**counts(), judged=judged)
        say(f"step {progress.step}, held-out files: {judged}")

    def save_now() -> Save:
        if not all(bool(torch.isfinite(weight).all()) for weight in learner.learning.values()):
            raise Diverged(progress.step, "a weight", save)
        resume = {"weights": {name: weight.detach().cpu() for name, weight in learner.learning.items()}, "optimizer": optimizer.state_dict()}
        about = {**counts(), "window": progress.place.window, "batch": progress.place.batch, "identity": run.identity, "settings": settings.fixed()}
        return write_save(state, learner.file, learner.write, resume, about)

    if progress.step == 0:
        judge_now()
    saved_at = judged_at = time.monotonic()
    closing, smooth = 0.0, {}
    total = settings.steps or round(settings.minutes * 60)
    done = lambda: min(total, round(progress.share(settings) * total))
    with tqdm(total=total, initial=done(), unit="step" if settings.steps else "s", disable=None if bar else True) as shown, ending:
        while progress.share(settings) < 1 and not ending.asked and time.monotonic() - run.begun + closing < run.budget_seconds:
            began, cpu_began = clock(), time.process_time()
            rate = settings.learning_rate * rate_share(progress.step, progress.share(settings), settings.warm_steps, settings.constant_share)
            for group in optimizer.param_groups:
                group["lr"] = rate
            progress.place, batch = next(source)
            loss, parts = learner.loss(batch, Random(f"{settings.seed}:{progress.step}"))
            norm = _step(learner, optimizer, loss, settings.largest_norm, progress.step, save)
            progress.step += 1
            progress.examples += batch.examples
            progress.seconds += clock() - began
            progress.cpu_seconds += time.process_time() - cpu_began
            for name, value in parts.items():
                smooth[name] = SMOOTHING * smooth.get(name, value) + (1 - SMOOTHING) * value
            shown.update(done() - shown.n)
            if progress.step % settings.log_steps == 0:
                log.write(**counts(), rate=rate, norm=norm, **smooth)
                shown.set_postfix_str(" ".join(f"{name} {value:.3f}" for name, value in smooth.items()), refresh=False)
            now = time.monotonic()
            if now - saved_at > settings.save_seconds:
                save = save_now()
                saved_at = time.monotonic()
                closing = max(closing, 1.5 * (saved_at - now))
            if time.monotonic() - judged_at > settings.judge_seconds:
                judge_now()
                judged_at = time.monotonic()
    save = save_now()
    if progress.share(settings) >= 1:
        judge_now()
    log.close()
    ended = "stopped as asked: " if ending.asked else ""
    say(f"{ended}step {progress.step}, {progress.examples:,} examples in {progress.seconds / 60:.1f} minutes; {save.folder / learner.file}")
    return save


def _step(learner: Learner, optimizer: torch.optim.Optimizer, loss: Tensor, largest_norm: float, step: int, stands: Save | None) -> float:
    """-> the gradient's norm. Raises Diverged before any weight is touched."""
    if not bool(torch.isfinite(loss)):
        raise Diverged(step, "the loss", stands)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    norm = float(torch.nn.utils.clip_grad_norm_(learner.learning.values(), largest_norm))
    if not math.isfinite(norm):
        raise Diverged(step, "a gradient", stands)
    optimizer.step()
    return norm


def _go_on(run: LoopRun, optimizer: torch.optim.Optimizer, say: Callable[[str], None]) -> tuple[Save | None, Progress]:
    save = newest_save(run.state)
    if save is None:
        return None, Progress()
    about = save.about
    theirs, ours = {**about["identity"], **about["settings"]}, {**run.identity, **run.settings.fixed()}
    if different := sorted(name for name in theirs | ours if theirs.get(name) != ours.get(name)):
        words = "; ".join(f"{name} {theirs.get(name)} there, {ours.get(name)} here" for name in different)
        raise TrainingError(f"{run.state} is another run's ({words}): choose another folder")
    say(f"going on from {save.folder}")
    resume = save.resume()
    with torch.no_grad():
        for name, weight in run.learner.learning.items():
            weight.copy_(resume["weights"][name])
    optimizer.load_state_dict(resume["optimizer"])
    return save, Progress(about["step"], Place(about["window"], about["batch"]), about["seconds"], about["cpu_seconds"], about["examples"])
