from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .errors import TrainingError


def replace_file(file: Path, write: Callable[[Path], None]) -> None:
    """Writes beside the file, then renames: whoever is killed, or finds the disk full, leaves the old file whole. Raises TrainingError where it cannot be written."""
    part = file.with_name(f"{file.name}.part")
    try:
        write(part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except Exception as error:  # safetensors and torch have error classes of their own for a full disk
        part.unlink(missing_ok=True)
        raise TrainingError(f"{file} could not be written ({error}): make room and go on; what was saved before stands") from error
