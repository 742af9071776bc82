"""The loop. It coordinates: what is drawn, weighed, judged, saved and logged is decided elsewhere."""

from __future__ import annotations

import itertools
import math
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from canvas.batch import Batch
from canvas.batches import Place, batches, batches_ahead
from canvas.example import Examples
from canvas.source_files import SourceFile
from canvas.vocabulary import Vocabulary
from coder.adapter import Adapter
from coder.base_weights import BaseWeights
from coder.errors import TrainingError
from coder.network import Coder

from .judge import Judgement, judge
from .losses import Parts
from .run_log import RunLog
from .saves import Save, newest_save, write_save
from .schedule import rate_share
from .settings import Settings
from .step_losses import StepLosses

JUDGE_SEED = 7
SMOOTHING = 0.95


class Diverged(TrainingError):
    """A loss, a gradient or a weight is no longer a number."""

    def __init__(self, step: int, what: str, stands: Save | None) -> None:
        saved = f"the last good save is {stands.folder}" if stands else "nothing had been saved"
        super().__init__(f"step {step}: {what} is not a number, so the run has stopped; {saved}. Go on with a lower learning_rate (--set learning_rate=…)")


@dataclass(frozen=True)
class Run:
    """`identity`: hashes of base, vocabulary and corpus; a run goes on only with the same. `budget_seconds`: this piece's, its start counted from `begun` (time.monotonic)."""

    settings: Settings
    vocabulary: Vocabulary
    base: BaseWeights
    adapter: Adapter
    files: list[SourceFile]
    held_out: list[SourceFile]
    state: Path
    identity: dict[str, str]
    budget_seconds: float = math.inf
    begun: float = 0.0


@dataclass
class Progress:
    step: int = 0
    place: Place = field(default_factory=Place)
    seconds: float = 0.0
    """Trained so far, in all pieces; judging and saving not counted."""
    tokens: int = 0
    examples: int = 0

    def share(self, settings: Settings) -> float:
        return self.step / settings.steps if settings.steps else self.seconds / (settings.minutes * 60)


def train(run: Run, say: Callable[[str], None] = print, bar: bool = True) -> Save:
    """Trains to the run's end, its budget's, or a SIGINT or SIGTERM; goes on from the newest save in `state`. Raises Diverged, and TrainingError where the state is another run's or a disk is full."""
    settings, state = run.settings, run.state
    state.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings.seed)
    save, progress, resume = _go_on(run, say)
    source = _source(run, progress.place)  # its processes are forked before any thread of torch runs
    adapter = resume["weights"] if resume else run.adapter
    coder = Coder(run.base, adapter=adapter, frozen=settings.frozen, rounded=settings.rounded, checkpoints=settings.checkpoints, device=settings.device)
    if settings.compiled:
        coder.compile_parts()
    learning, losses = coder.adapter_parameters, StepLosses(coder, settings, run.vocabulary.mask)
    optimizer = torch.optim.AdamW(learning.values(), lr=settings.learning_rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    average = {name: weight.detach().clone() for name, weight in learning.items()} if settings.average else None
    if resume:
        optimizer.load_state_dict(resume["optimizer"])
        if average:
            for name, weight in resume["average"].items():
                average[name].copy_(weight)
    log = RunLog(state / "log.jsonl", progress.step)
    judged = list(itertools.islice(_held_out(run), settings.judge_batches))

    def judge_now() -> Judgement:
        with _averaged(learning, average):
            judgement = judge(coder, judged, run.vocabulary.mask, run.vocabulary.end)
        log.write(step=progress.step, seconds=progress.seconds, tokens=progress.tokens, examples=progress.examples, judged=judgement)
        say(f"step {progress.step}, held-out files: " + ", ".join(f"{name} {loss:.3f} ({right:.1%})" for name, (loss, right, _) in judgement.items()))
        return judgement

    def save_now() -> Save:
        if not all(bool(torch.isfinite(weight).all()) for weight in learning.values()):
            raise Diverged(progress.step, "a weight", save)
        kept = {**adapter, **{name: weight.detach() for name, weight in (average or learning).items()}}
        weights = {**adapter, **{name: weight.detach().cpu() for name, weight in learning.items()}}
        resume = {"weights": weights, "optimizer": optimizer.state_dict(), **({"average": {name: w.cpu() for name, w in average.items()}} if average else {})}
        about = {"step": progress.step, "window": progress.place.window, "batch": progress.place.batch, "seconds": progress.seconds, "tokens": progress.tokens,
                 "examples": progress.examples, "identity": run.identity, "settings": _plain(settings.fixed())}  # fmt: skip
        return write_save(state, kept, resume, about)

    ending = _Ending()
    closing = 0.0
    if progress.step == 0:
        judge_now()
    saved_at = judged_at = time.monotonic()
    smooth: dict[str, float] = {}
    total = settings.steps or round(settings.minutes * 60)
    with (
        tqdm(
            total=total, initial=min(total, round(progress.share(settings) * total)), unit="step" if settings.steps else "s", disable=None if bar else True
        ) as shown,
        ending,
    ):
        while progress.share(settings) < 1 and not ending.asked and time.monotonic() - run.begun + closing < run.budget_seconds:
            began = time.monotonic()
            rate = settings.learning_rate * rate_share(progress.step, progress.share(settings), settings.warm_steps, settings.constant_share)
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.zero_grad(set_to_none=True)
            canvases = 0
            while canvases < settings.accumulate:  # plain code comes along with the canvases of its step, and is none of them
                progress.place, batch = next(source)
                canvases += not batch.plain
                loss, parts = losses(batch)
                if not bool(torch.isfinite(loss)):
                    raise Diverged(progress.step, "the loss", save)
                (loss / settings.accumulate).backward()
                progress.tokens += batch.tokens
                progress.examples += batch.examples
                _blend(smooth, parts)
            norm = float(torch.nn.utils.clip_grad_norm_(learning.values(), settings.largest_norm))
            if not math.isfinite(norm):
                raise Diverged(progress.step, "a gradient", save)
            optimizer.step()
            progress.step += 1
            if average:
                with torch.no_grad():
                    for name, weight in learning.items():
                        average[name].lerp_(weight, 1 - min(settings.average, progress.step / (progress.step + 10)))
            seconds = time.monotonic() - began
            progress.seconds += seconds
            shown.update(min(total, round(progress.share(settings) * total)) - shown.n)
            if progress.step % settings.log_steps == 0:
                log.write(step=progress.step, seconds=progress.seconds, tokens=progress.tokens, examples=progress.examples, rate=rate, norm=norm, **smooth)
                shown.set_postfix_str(f"next {smooth.get('next', math.nan):.3f} {progress.tokens / progress.seconds:.0f} tokens/s", refresh=False)
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
    say(
        f"{'stopped as asked: ' if ending.asked else ''}step {progress.step}, {progress.examples:,} examples, {progress.tokens:,} tokens in {progress.seconds / 60:.1f} minutes; {save.adapter}"
    )
    return save


def _go_on(run: Run, say: Callable[[str], None]) -> tuple[Save | None, Progress, dict[str, Any] | None]:
    save = newest_save(run.state)
    if save is None:
        return None, Progress(), None
    about = save.about
    theirs, ours = {**about["identity"], **about["settings"]}, {**run.identity, **_plain(run.settings.fixed())}
    if different := sorted(name for name in theirs | ours if theirs.get(name) != ours.get(name)):
        words = "; ".join(f"{name} {theirs.get(name)} there, {ours.get(name)} here" for name in different)
        raise TrainingError(f"{run.state} is another run's ({words}): choose another folder, or begin from its adapter with --start {save.adapter}")
    say(f"going on from {save.folder}")
    return save, Progress(about["step"], Place(about["window"], about["batch"]), about["seconds"], about["tokens"], about["examples"]), save.resume()


def _source(run: Run, place: Place) -> Iterator[tuple[Place, Batch]]:
    make = lambda: Examples(run.vocabulary, run.files, run.settings.context)
    return batches_ahead(make, run.settings.plan, run.settings.seed, place, run.settings.workers)


def _held_out(run: Run) -> Iterator[Batch]:
    return (batch for _, batch in batches(Examples(run.vocabulary, run.held_out, run.settings.context), run.settings.plan, JUDGE_SEED))


def _plain(settings: dict[str, Any]) -> dict[str, Any]:
    """As JSON gives them back."""
    listed = lambda value: [listed(x) for x in value] if isinstance(value, (tuple, list)) else value
    return {name: listed(value) for name, value in settings.items()}


def _blend(smooth: dict[str, float], parts: Parts) -> None:
    for name, value in vars(parts).items():
        if value is not None:
            now = value.item()
            smooth[name] = SMOOTHING * smooth.get(name, now) + (1 - SMOOTHING) * now


class _averaged:
    """Meanwhile the coder has the mean of the weights."""

    def __init__(self, learning: dict[str, torch.nn.Parameter], average: Adapter | None) -> None:
        self.learning, self.average, self.now = learning, average, {}

    def __enter__(self) -> None:
        for name, weight in (self.average or {}).items():
            self.now[name] = self.learning[name].detach().clone()
            self.learning[name].data.copy_(weight)

    def __exit__(self, *_: object) -> None:
        for name, weight in self.now.items():
            self.learning[name].data.copy_(weight)


class _Ending:
    """SIGINT and SIGTERM ask for an orderly end after the step that runs; a second one ends at once."""

    asked = False

    def __enter__(self) -> None:
        self.before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}

    def _ask(self, number: int, _: object) -> None:
        self.asked = True
        signal.signal(number, self.before[number])

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)
