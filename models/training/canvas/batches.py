"""Batches without end, in an order that a seed and a place in it say: whoever goes on after a kill gets the very batches that the killed run would have seen."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from queue import Empty, Full
from random import Random

from coder.errors import TrainingError

from .batch import Batch, make_batch
from .draft_blocks import DraftLayout
from .example import Example, Examples


@dataclass(frozen=True)
class BatchPlan:
    """`tokens`: N*T at most. `lengths`: clean lengths that batches are padded to; empty: to the longest of each batch, up to a multiple of `multiple` (a GPU's compiled kernels want few shapes, a
    CPU wants no padding). `window`: so many examples are sorted by length at a time. `fixed_rows`: K is tokens // 3 always."""

    tokens: int
    layout: DraftLayout = field(default_factory=DraftLayout)
    lengths: tuple[int, ...] = ()
    multiple: int = 16
    window: int = 192
    fixed_rows: bool = False


@dataclass(frozen=True)
class Place:
    """Where a run stands in its batches."""

    window: int = 0
    batch: int = 0


def batches_of_window(examples: Examples, plan: BatchPlan, seed: int, window: int) -> list[Batch]:
    """All batches of one window, shuffled."""
    random = Random(f"{seed}:{window}")
    drawn = sorted((examples.draw(random) for _ in range(plan.window)), key=lambda example: (example.plain, len(example.tokens)))
    groups: list[tuple[int, list[Example]]] = []
    for example in drawn:
        length, cells = _padded(len(example.tokens), plan), 0 if example.plain else plan.layout.cells
        if groups and groups[-1][1][0].plain == example.plain and (len(groups[-1][1]) + 1) * (length + cells) <= plan.tokens:
            groups[-1] = (length, [*groups[-1][1], example])
        else:
            groups.append((length, [example]))
    random.shuffle(groups)
    most_rows = plan.tokens // 3 if plan.fixed_rows else None
    return [make_batch(examples.vocabulary, group, length, plan.layout, most_rows, random) for length, group in groups]


def _padded(length: int, plan: BatchPlan) -> int:
    return next((at for at in plan.lengths if length <= at), -(-length // plan.multiple) * plan.multiple)


def batches(examples: Examples, plan: BatchPlan, seed: int, start: Place = Place()) -> Iterator[tuple[Place, Batch]]:
    """(where the run stands once this batch is done, the batch), from `start` on, made in this process."""
    window, skip = start.window, start.batch
    while True:
        made = batches_of_window(examples, plan, seed, window)
        for i in range(skip, len(made)):
            yield (Place(window, i + 1) if i + 1 < len(made) else Place(window + 1)), made[i]
        window, skip = window + 1, 0


def batches_ahead(make_examples: Callable[[], Examples], plan: BatchPlan, seed: int, start: Place, workers: int) -> Iterator[tuple[Place, Batch]]:
    """The same batches, made ahead by `workers` processes that start at once, window by window in turn. Their end is this process's end."""
    context = multiprocessing.get_context("fork")
    queues = [context.Queue(2) for _ in range(workers)]
    makers = [
        (context.Process(target=_work, args=(make_examples, plan, seed, start.window + i, workers, queue), daemon=True), queue)
        for i, queue in enumerate(queues)
    ]
    for process, _ in makers:
        process.start()
    return _in_turn(makers, start)


def _in_turn(makers: list[tuple[BaseProcess, multiprocessing.Queue]], start: Place) -> Iterator[tuple[Place, Batch]]:
    window, skip = start.window, start.batch
    while True:
        made = _take(*makers[(window - start.window) % len(makers)])
        if isinstance(made, BaseException):
            raise made
        for i in range(skip, len(made)):
            yield (Place(window, i + 1) if i + 1 < len(made) else Place(window + 1)), made[i]
        window, skip = window + 1, 0


def _take(process: BaseProcess, queue: multiprocessing.Queue) -> list[Batch] | BaseException:
    while True:
        lives = process.is_alive()  # asked first: what it put right before its end still comes
        try:
            return queue.get(timeout=1)
        except Empty:
            if not lives:
                raise TrainingError(
                    f"a process that makes batches has ended ({process.exitcode}): was there too little memory? Go on with fewer of them (--set workers=1)"
                ) from None


def _work(make_examples: Callable[[], Examples], plan: BatchPlan, seed: int, window: int, step: int, queue: multiprocessing.Queue) -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the trainer decides when it ends
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    trainer = os.getppid()
    try:
        examples = make_examples()
        while _put(queue, batches_of_window(examples, plan, seed, window), trainer):
            window += step
    except Exception as error:  # noqa: BLE001 (whatever it is, the trainer has to hear of it)
        _put(queue, error, trainer)


def _put(queue: multiprocessing.Queue, item: object, trainer: int) -> bool:
    """False where the trainer was killed: then nobody will ever take it."""
    while os.getppid() == trainer:
        try:
            queue.put(item, timeout=1)
            return True
        except Full:
            continue
    queue.cancel_join_thread()
    return False
