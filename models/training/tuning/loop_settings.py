"""What a recipe (recipes/*.toml) may say to every run of `loop.train_loop`. Whoever changes a default changes what the recipes in the repository mean."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from canvas.batches import BatchPlan
from canvas.draft_blocks import DraftLayout
from coder.errors import TrainingError


@dataclass(frozen=True)
class LoopSettings:
    minutes: float = 30.0
    """The whole run's, however many pieces it comes in."""
    steps: int = 0
    """Not 0: the run is that long instead, and equal to the bit whether it was killed or not."""
    cpu_time: bool = False
    """Minutes are this process's CPU time, as runs at equal cost want on a machine that others use too."""
    seed: int = 0
    device: str = "cpu"

    learning_rate: float = 1.5e-4
    warm_steps: int = 20
    constant_share: float = 0.3
    largest_norm: float = 1.0
    accumulate: int = 1
    """Batches of canvases a step; plain code comes along with those of its step."""
    average: float = 0.0
    """What is judged and saved: the mean of the weights over steps, so much of the old mean each; 0: the weights."""

    tokens: int = 1100
    window: int = 96
    context: tuple[int, ...] = (48, 64, 96, 160, 256)
    """Budgets of tokens for P, drawn from."""

    save_seconds: float = 300.0
    judge_seconds: float = 600.0
    judge_batches: int = 6
    log_steps: int = 5

    def __post_init__(self) -> None:
        for name in ("minutes", "tokens", "window", "learning_rate", "save_seconds", "judge_seconds", "judge_batches", "log_steps", "accumulate"):
            if not getattr(self, name) > 0:
                raise TrainingError(f"the recipe's {name} is {getattr(self, name)}: it has to be above 0")
        if not 0 <= self.average < 1:
            raise TrainingError(f"the recipe's average is {self.average}: it has to lie from 0 to below 1")

    @property
    def plan(self) -> BatchPlan:
        """Canvases without masks behind."""
        return BatchPlan(self.tokens, DraftLayout(()), window=self.window)

    def fixed(self) -> dict[str, Any]:
        """What must not change between the pieces of one run, as JSON gives it back."""
        return {name: _listed(value) for name, value in dataclasses.asdict(self).items() if name not in self.free()}

    @classmethod
    def free(cls) -> set[str]:
        return {"minutes", "steps", "cpu_time", "device", "save_seconds", "judge_seconds", "judge_batches", "log_steps"}

    @classmethod
    def read(cls, file: Path, changes: list[str] = ()) -> Self:
        """`changes`: "name=value" in TOML's words. Raises TrainingError for names and values that are none."""
        known = {field.name: field.default for field in dataclasses.fields(cls)}
        try:
            values = tomllib.loads(file.read_text())
            for change in changes:
                values |= tomllib.loads(change)
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise TrainingError(f"{file} {' '.join(changes)} cannot be read as a recipe: {error}") from error
        if unknown := sorted(set(values) - set(known)):
            raise TrainingError(f"{file} says {', '.join(unknown)}, which no such recipe knows; it knows {', '.join(sorted(known))}")
        return cls(**{name: _typed(name, value, type(known[name])) for name, value in values.items()})


def _listed(value: Any) -> Any:
    return [_listed(x) for x in value] if isinstance(value, (list, tuple)) else value


def _typed(name: str, value: Any, kind: type) -> Any:
    if kind is tuple and isinstance(value, list):
        return tuple(_typed(name, x, tuple if isinstance(x, list) else int) for x in value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise TrainingError(f"the recipe's {name} is {value!r}, which is not of the type {kind.__name__}")
    return value
