"""The loop around whatever learns from batches: it can be killed at any moment, stops at numbers that are none and keeps to its budget. It coordinates: what is drawn, weighed, judged and logged is decided elsewhere."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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
from coder.replace_file import replace_file

from .ending import Ending
from .loop_settings import LoopSettings
from .run_log import RunLog
from .saves import Save, newest_save, write_save
from .schedule import rate_share

SMOOTHING = 0.95
CLOSING_SECONDS = 10.0
"""Kept of a budget for the last save until one has been timed."""


class Diverged(TrainingError):
    """A loss, a gradient or a weight is no longer a number."""

    def __init__(self, step: int, what: str, stands: Save | None) -> None:
        saved = f"the last good save is {stands.folder}" if stands else "nothing had been saved"
        super().__init__(f"step {step}: {what} is not a number, so the run has stopped; {saved}. Go on with a lower learning_rate (--set learning_rate=…)")


class Learner(Protocol):
    """`file`: the name of its weights in a save. What is judged and written may be the mean of its weights: both read them from `learning`'s parameters when they are called."""

    file: str
    learning: dict[str, nn.Parameter]

    def loss(self, batch: Batch, random: Random) -> tuple[Tensor, dict[str, float]]:
        """-> the loss, and its parts for the log"""

    def judge(self) -> dict[str, Any]:
        """On held-out files, for the log."""

    def write(self, file: Path) -> None: ...


@dataclass(frozen=True)
class LoopRun:
    """`source` gives batches from a place on (where the run stands once the batch is done, the batch); it is called before `learner`, so that its processes are forked before any thread of
    torch runs. `identity`: hashes of what went in; a run goes on only with the same.
    `budget_seconds`: this piece's, its start counted from `begun` (time.monotonic)."""

    settings: LoopSettings
    learner: Callable[[], Learner]
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
    tokens: int = 0
    """Real ones and draft cells: without padding."""
    examples: int = 0

    def share(self, settings: LoopSettings) -> float:
        return self.step / settings.steps if settings.steps else self.seconds / (settings.minutes * 60)


def train_loop(run: LoopRun, say: Callable[[str], None] = print, bar: bool = True) -> Save:
    """Trains to the run's end, its budget's, or a SIGINT or SIGTERM; goes on from the newest save in `state`. Raises Diverged, and TrainingError where the state is another run's or a disk is full."""
    settings, state = run.settings, run.state
    state.mkdir(parents=True, exist_ok=True)
    clock = time.process_time if settings.cpu_time else time.monotonic
    save, progress = _go_on(run, say)
    about = {"identity": run.identity, "settings": vars(settings)}
    replace_file(state / "recipe.json", lambda part: part.write_text(json.dumps(about, default=str, indent=1)))
    source, learner = run.source(progress.place), run.learner()
    learning = learner.learning
    optimizer = torch.optim.AdamW(learning.values(), lr=settings.learning_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    average = {name: weight.detach().clone() for name, weight in learning.items()} if settings.average else {}
    if save:
        resume = save.resume()
        _copy(learning, resume["weights"])
        _copy(average, resume["average"])
        optimizer.load_state_dict(resume["optimizer"])
    log, ending = RunLog(state / "log.jsonl", progress.step), Ending()
    counts = lambda: {name: getattr(progress, name) for name in ("step", "seconds", "cpu_seconds", "tokens", "examples")}

    def judge_now() -> None:
        nonlocal judging
        began = time.monotonic()
        with _averaged(learning, average):
            judged = learner.judge()
        judging = time.monotonic() - began
        log.write(**counts(), judged=judged)
        say(f"step {progress.step}, held-out files: {judged}")

    def save_now() -> Save:
        if not all(bool(torch.isfinite(weight).all()) for weight in learning.values()):
            raise Diverged(progress.step, "a weight", save)
        resume = {"weights": _on_cpu(learning), "average": _on_cpu(average), "optimizer": optimizer.state_dict()}
        about = {**counts(), "window": progress.place.window, "batch": progress.place.batch, "identity": run.identity, "settings": settings.fixed()}
        with _averaged(learning, average):
            return write_save(state, learner.file, learner.write, resume, about)

    begun_at, judging = progress.step, 0.0
    if progress.step == 0:
        judge_now()
    saved_at = judged_at = time.monotonic()
    closing, longest, smooth = min(CLOSING_SECONDS, run.budget_seconds / 10), 0.0, {}
    left = lambda: run.budget_seconds - (time.monotonic() - run.begun)
    total = settings.steps or round(settings.minutes * 60)
    done = lambda: min(total, round(progress.share(settings) * total))
    with tqdm(total=total, initial=done(), unit="step" if settings.steps else "s", disable=None if bar else True) as shown, ending:
        while progress.share(settings) < 1 and not ending.asked and left() > closing + longest:
            stepped = time.monotonic()
            began, cpu_began = clock(), time.process_time()
            rate = settings.learning_rate * rate_share(progress.step, progress.share(settings), settings.warm_steps, settings.constant_share)
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad(set_to_none=True)
            canvases, random = 0, Random(f"{settings.seed}:{progress.step}")
            while canvases < settings.accumulate:
                progress.place, batch = next(source)
                canvases += not batch.plain
                loss, parts = learner.loss(batch, random)
                if not bool(torch.isfinite(loss)):
                    raise Diverged(progress.step, "the loss", save)
                (loss / settings.accumulate).backward()
                progress.tokens += batch.tokens
                progress.examples += batch.examples
                for name, value in parts.items():
                    smooth[name] = SMOOTHING * smooth.get(name, value) + (1 - SMOOTHING) * value
            norm = float(torch.nn.utils.clip_grad_norm_(learning.values(), settings.largest_norm))
            if not math.isfinite(norm):
                raise Diverged(progress.step, "a gradient", save)
            optimizer.step()
            progress.step += 1
            with torch.no_grad():
                for name, weight in average.items():
                    weight.lerp_(learning[name], 1 - min(settings.average, progress.step / (progress.step + 10)))
            progress.seconds += clock() - began
            progress.cpu_seconds += time.process_time() - cpu_began
            shown.update(done() - shown.n)
            if progress.step % settings.log_steps == 0:
                log.write(**counts(), rate=rate, norm=norm, **smooth)
                shown.set_postfix_str(" ".join(f"{name} {value:.3f}" for name, value in smooth.items()), refresh=False)
            now = time.monotonic()
            longest = max(longest, now - stepped) if progress.step > begun_at + 1 else 0.0  # the first step compiles
            if now - saved_at > settings.save_seconds:
                save = save_now()
                saved_at = time.monotonic()
                closing = max(closing, 1.5 * (saved_at - now))
            if time.monotonic() - judged_at > settings.judge_seconds and left() > closing + longest + judging:
                judge_now()
                judged_at = time.monotonic()
    if save is None or save.step < progress.step:
        save = save_now()
    if progress.share(settings) >= 1 and begun_at < progress.step and left() > judging:
        judge_now()
    log.close()
    ended = "stopped as asked: " if ending.asked else ""
    say(f"{ended}step {progress.step}, {progress.examples:,} examples, {progress.tokens:,} tokens in {progress.seconds / 60:.1f} minutes; {save.weights}")
    return save


def _go_on(run: LoopRun, say: Callable[[str], None]) -> tuple[Save | None, Progress]:
    save = newest_save(run.state)
    if save is None:
        return None, Progress()
    about = save.about
    theirs, ours = {**about["identity"], **about["settings"]}, {**run.identity, **run.settings.fixed()}
    if different := sorted(name for name in theirs | ours if theirs.get(name) != ours.get(name)):
        words = "; ".join(f"{name} {theirs.get(name)} there, {ours.get(name)} here" for name in different)
        raise TrainingError(f"{run.state} is another run's ({words}): choose another folder, or begin from {save.weights} there")
    say(f"going on from {save.folder}")
    return save, Progress(about["step"], Place(about["window"], about["batch"]), about["seconds"], about["cpu_seconds"], about["tokens"], about["examples"])


def _on_cpu(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: weight.detach().cpu().clone() for name, weight in weights.items()}  # a clone, since the mean takes the weights' place while they are written


@torch.no_grad()
def _copy(to: Mapping[str, Tensor], weights: Mapping[str, Tensor]) -> None:
    for name, weight in to.items():
        weight.copy_(weights[name])


@contextmanager
def _averaged(learning: Mapping[str, Tensor], average: Mapping[str, Tensor]) -> Iterator[None]:
    """Meanwhile the parameters hold the mean of the weights, where there is one."""
    now = {name: learning[name].detach().clone() for name in average}
    try:
        _copy({name: learning[name] for name in average}, average)
        yield
    finally:
        _copy({name: learning[name] for name in average}, now)
