from __future__ import annotations

import sys
from collections.abc import Callable


class TrainingError(Exception):
    """Something outside the program: a file that is damaged or missing, a disk that is full. Its text is for whoever started the run."""


def exit_code(command: Callable[[], None]) -> int:
    """Runs it -> 0, or 1 where it raises a TrainingError, whose text goes to stderr."""
    try:
        command()
        return 0
    except TrainingError as error:
        print(error, file=sys.stderr)
        return 1
