"""The corpus as training reads it: {"path": "package/…", "text": "…"} a line."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from coder.errors import TrainingError

PYTHON = (".py",)
SCRIPT = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
SHARES = {"script": 0.40, "python": 0.36, "other": 0.24}
"""How often a file of each kind is drawn, whatever the corpus holds of it."""
HELD_OUT = 97
"""One package in so many, by the hash of its folder, is never trained on: what is judged on its files says nothing of knowing them. Another version of a package has another folder, so it
may be trained on in one corpus and held out in the next."""


@dataclass(frozen=True)
class SourceFile:
    path: str
    text: str

    @property
    def package(self) -> str:
        return self.path.split("/", 1)[0]

    @property
    def kind(self) -> str:
        return kind_of(self.path)


def kind_of(path: str) -> str:
    """-> a key of SHARES"""
    return "python" if path.endswith(PYTHON) else "script" if path.endswith(SCRIPT) else "other"


def read_files(corpus: Path) -> list[SourceFile]:
    """Raises TrainingError that names the line where one is broken, since half a corpus would go unnoticed."""
    files = []
    try:
        with corpus.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    entry = json.loads(line)
                    path, text = entry["path"], entry["text"]
                    if not isinstance(path, str) or not isinstance(text, str):
                        raise TypeError("path and text have to be strings")
                except (ValueError, KeyError, TypeError) as error:
                    raise TrainingError(f"{corpus}, line {number} is broken ({error!r}): build the corpus again") from error
                files.append(SourceFile(path, text))
    except OSError as error:
        raise TrainingError(f"{corpus} cannot be read: {error}") from error
    if not files:
        raise TrainingError(f"{corpus} holds no files")
    return files


def is_held_out(package: str) -> bool:
    return int.from_bytes(hashlib.sha256(package.encode()).digest()[:4], "big") % HELD_OUT == 0


def split(files: list[SourceFile]) -> tuple[list[SourceFile], list[SourceFile]]:
    """(to train on, held out), by package."""
    parts: dict[bool, list[SourceFile]] = defaultdict(list)
    for file in files:
        parts[is_held_out(file.package)].append(file)
    return parts[False], parts[True]
