"""Keeps the languages' shares: TypeScript and JavaScript at least 40 % of the text, Python at most 40 %."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .package_files import SourceFile

SCRIPT = frozenset(("typescript", "javascript"))
LEAST_SCRIPT, MOST_PYTHON = 0.40, 0.40


def balanced(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The files in their order, without the last ones of what there is too much of."""
    sizes = Counter()
    for file in files:
        sizes[group_of(file)] += len(file.text)
    script, python, rest = (sizes[group] for group in ("script", "python", "rest"))
    most_others = script * (1 - LEAST_SCRIPT) / LEAST_SCRIPT
    fit = min(1, most_others / max(1, python + rest))
    most_python = (script + rest * fit) * MOST_PYTHON / (1 - MOST_PYTHON)
    room = {"script": script, "python": min(python * fit, most_python), "rest": rest * fit}
    kept = []
    for file in files:
        group = group_of(file)
        if room[group] >= len(file.text):
            room[group] -= len(file.text)
            kept.append(file)
    return kept


def group_of(file: SourceFile) -> str:
    return "script" if file.language in SCRIPT else "python" if file.language == "python" else "rest"
