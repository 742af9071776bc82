"""Keeps the languages' shares: TypeScript and JavaScript at least 40 % of the text, Python at most 40 %."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar

from .filters import SCRIPT


class Sized(Protocol):
    """A file."""

    @property
    def language(self) -> str: ...
    @property
    def size(self) -> int: ...


File = TypeVar("File", bound=Sized)

LEAST_SCRIPT, MOST_PYTHON = 0.40, 0.40


def balanced(files: Sequence[File]) -> list[File]:
    """The files in their order, without the last ones of what there is too much of."""
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[group_of(file)] += file.size
    script, python, rest = (sizes[group] for group in ("script", "python", "rest"))
    most_others = script * (1 - LEAST_SCRIPT) / LEAST_SCRIPT
    fit = min(1, most_others / max(1, python + rest))
    most_python = (script + rest * fit) * MOST_PYTHON / (1 - MOST_PYTHON)
    room = {"script": script, "python": min(python * fit, most_python), "rest": rest * fit}
    kept = []
    for file in files:
        group = group_of(file)
        if room[group] >= file.size:
            room[group] -= file.size
            kept.append(file)
    return kept


def group_of(file: Sized) -> str:
    return "script" if file.language in SCRIPT else "python" if file.language == "python" else "rest"
