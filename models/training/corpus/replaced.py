"""Writes files that are whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .errors import CorpusError


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes `path`'s place once it is whole. @raises CorpusError where it can't be written: the disk may be full"""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        try:
            with new.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CorpusError(f"{path} can't be written ({error.strerror}); what was there before is there still") from error
