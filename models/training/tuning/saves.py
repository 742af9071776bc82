"""Saves of a run: folders save-STEP, each whole or not there. What is needed to go on lies beside the weights."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from coder.errors import TrainingError

KEPT = 2
RESUME, ABOUT = "resume.pt", "save.json"


@dataclass(frozen=True)
class Save:
    folder: Path
    about: dict[str, Any]

    @property
    def step(self) -> int:
        return self.about["step"]

    @property
    def weights(self) -> Path:
        """What a user takes from it."""
        return self.folder / self.about["file"]

    def resume(self) -> dict[str, Any]:
        return torch.load(self.folder / RESUME, map_location="cpu", weights_only=True)


def write_save(state: Path, file: str, write: Callable[[Path], None], resume: dict[str, Any], about: dict[str, Any]) -> Save:
    """`write` makes the weights, `file` in the save; `about` needs `step`. Written beside, then renamed as a whole; the oldest beyond `KEPT` go.

    Raises TrainingError where the disk is full: older saves stand.
    """
    folder, part = state / f"save-{about['step']:08}", state / "save.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        write(part / file)
        torch.save(resume, part / RESUME)
        about = {**about, "file": file, "sizes": {name: (part / name).stat().st_size for name in (file, RESUME)}}
        (part / ABOUT).write_text(json.dumps(about))
        for name in (file, RESUME, ABOUT):
            with (part / name).open("rb+") as written:
                os.fsync(written.fileno())
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    except Exception as error:  # torch raises RuntimeError for a full disk
        shutil.rmtree(part, ignore_errors=True)
        raise TrainingError(f"{folder} could not be written ({error}): make room and start again; the run goes on from the save before") from error
    for old in sorted(state.glob("save-*"))[:-KEPT]:
        shutil.rmtree(old)
    return Save(folder, about)


def newest_save(state: Path) -> Save | None:
    """The newest that is whole: one cut short (a machine that went down before its disk had written) is passed over."""
    for folder in sorted(state.glob("save-*"), reverse=True):
        try:
            about = json.loads((folder / ABOUT).read_text())
            if all((folder / name).stat().st_size == size for name, size in about["sizes"].items()):
                return Save(folder, about)
        except (OSError, ValueError, KeyError):
            continue
    return None
