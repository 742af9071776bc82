"""Saves of a run: folders save-STEP, each whole or not there, read as tuning's are. What is needed to go on lies beside the weights."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from coder.errors import TrainingError
from tuning.saves import ABOUT, KEPT, RESUME, Save


def write_save(state: Path, file: str, write: Callable[[Path], None], resume: dict[str, Any], about: dict[str, Any]) -> Save:
    """`write` makes the weights, `file` in the save; `about` needs `step`. The oldest beyond `KEPT` go. Raises TrainingError where the disk is full: older saves stand."""
    folder, part = state / f"save-{about['step']:08}", state / "save.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        write(part / file)
        torch.save(resume, part / RESUME)
        sizes = {name: (part / name).stat().st_size for name in (file, RESUME)}
        (part / ABOUT).write_text(json.dumps({**about, "sizes": sizes}))
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
