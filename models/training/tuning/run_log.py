"""A run's log: one JSON object a line, each with its `step`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coder.replace_file import replace_file


def read_log(file: Path) -> list[dict[str, Any]]:
    """Lines that a kill cut short are passed over."""
    entries = []
    for line in file.read_text().splitlines() if file.exists() else []:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and isinstance(entry.get("step"), int):
            entries.append(entry)
    return entries


class RunLog:
    """Begins where the save that the run goes on from stood: what a killed run logged after it will be done again."""

    def __init__(self, file: Path, step: int) -> None:
        kept = [entry for entry in read_log(file) if entry["step"] <= step]
        replace_file(file, lambda part: part.write_text("".join(json.dumps(entry) + "\n" for entry in kept)))
        self.file = file.open("a")

    def write(self, **entry: Any) -> None:
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()

    def close(self) -> None:
        self.file.close()
