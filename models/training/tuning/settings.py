"""What a recipe (recipes/*.toml) may say. Whoever changes a default changes what the recipes in the repository mean."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canvas.batches import BatchPlan
from canvas.draft_blocks import DraftLayout
from coder.errors import TrainingError


@dataclass(frozen=True)
class Settings:
    minutes: float
    """The whole run's, however many pieces it comes in: the learning rate falls to nothing over them."""
    steps: int = 0
    """Not 0: the run is that long instead, and equal to the bit whether it was killed or not."""
    seed: int = 0
    device: str = "cpu"
    compiled: bool = True
    checkpoints: bool = False

    rank: int = 32
    frozen: int = 0
    """Lowest layers whose adapter is merged and learns no more."""
    rounded: bool = False
    """Trains on weights and rows as the engine's int8 says them (QAT)."""

    learning_rate: float = 4e-4
    warm_steps: int = 60
    constant_share: float = 0.15
    """So much of the run the learning rate stays at its height."""
    average: float = 0.0
    """What is saved: the mean of the weights over steps, so much of the old mean each; 0: the weights."""
    largest_norm: float = 1.0
    accumulate: int = 1
    """Batches a step."""

    tokens: int = 2600
    lengths: tuple[int, ...] = ()
    window: int = 192
    fixed_rows: bool = False
    workers: int = 1
    context: tuple[int, ...] = (48, 96, 160, 160, 256, 400, 640)
    """Budgets of tokens for P, drawn from."""
    blocks: tuple[tuple[int, int], ...] = ((8, 2), (4, 4), (2, 8))
    """(masks, how many blocks of them) behind each canvas; empty: the writing alone is trained."""

    hard: float = 0.1
    """A draft's own token, beside 1 for the clean canvas's."""
    soft: float = 0.4
    """The KL of a draft from what the clean row predicts there."""
    plain: float = 0.06
    """Cross-entropy of plain code, a batch of it beside 1 for a batch of canvases."""
    plain_kl: float = 0.0
    """The KL of plain code from the base's own distribution, which holds the base's loss there; needs `frozen` 0."""

    save_seconds: float = 300
    judge_seconds: float = 1800
    judge_batches: int = 10
    log_steps: int = 5

    def __post_init__(self) -> None:
        for name in ("minutes", "tokens", "rank", "accumulate", "window", "workers", "learning_rate", "save_seconds", "judge_seconds", "log_steps"):
            if not getattr(self, name) > 0:
                raise TrainingError(f"the recipe's {name} is {getattr(self, name)}: it has to be above 0")
        if not 0 <= self.average < 1:
            raise TrainingError(f"the recipe's average is {self.average}: it has to lie from 0 to below 1")
        if self.plain_kl and self.frozen:
            raise TrainingError("plain_kl needs the base's own distribution, which frozen layers with a merged adapter no longer give: set frozen to 0")

    @property
    def plan(self) -> BatchPlan:
        return BatchPlan(self.tokens, DraftLayout(self.blocks), self.lengths, window=self.window, fixed_rows=self.fixed_rows)

    def fixed(self) -> dict[str, Any]:
        """What must not change between the pieces of one run."""
        free = {"minutes", "steps", "device", "compiled", "checkpoints", "workers", "save_seconds", "judge_seconds", "judge_batches", "log_steps"}
        return {name: value for name, value in dataclasses.asdict(self).items() if name not in free}


def read_recipe(file: Path, changes: list[str] = ()) -> Settings:
    """`changes`: "name=value" in TOML's words. Raises TrainingError for names and values that are none."""
    try:
        values = tomllib.loads(file.read_text())
        for change in changes:
            values |= tomllib.loads(change)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise TrainingError(f"{file} {' '.join(changes)} cannot be read as a recipe: {error}") from error
    known = {field.name: field for field in dataclasses.fields(Settings)}
    if unknown := sorted(set(values) - set(known)):
        raise TrainingError(f"{file} says {', '.join(unknown)}, which no recipe knows; it knows {', '.join(sorted(known))}")
    try:
        return Settings(**{name: _typed(known[name].type, value) for name, value in values.items()})
    except (TypeError, ValueError) as error:
        raise TrainingError(f"{file} {' '.join(changes)}: {error}") from error


def _typed(type_: str, value: Any) -> Any:
    if type_.startswith("tuple"):
        return tuple(tuple(x) if isinstance(x, list) else x for x in value)
    kind = {"float": float, "int": int, "bool": bool, "str": str}[type_]
    if isinstance(value, bool) != (kind is bool) or isinstance(value, str) != (kind is str) or (kind is int and value != int(value)):
        raise ValueError(f"{value!r} is not of the type {type_}")
    return kind(value)
