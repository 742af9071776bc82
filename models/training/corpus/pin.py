"""A package as the lock names it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import CorpusError


@dataclass(frozen=True, order=True)
class Pin:
    """One archive, to the byte."""

    registry: str
    name: str
    version: str
    url: str
    sha256: str
    size: int

    @property
    def label(self) -> str:
        """The folder that its files stand under in the corpus."""
        return f"{self.registry}-{self.name.replace('/', '+').replace(':', '+')}-{self.version}"


def read_pins(path: Path) -> list[Pin]:
    """@raises CorpusError where the lock can't be read"""
    try:
        return [Pin(**pin) for pin in json.loads(path.read_text())["packages"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"{path} is no lock of a corpus ({error}): run `corpus lock`") from error


def write_pins(path: Path, pins: list[Pin]) -> None:
    """A line a package, sorted, so that a change of one is a change of one line. By rename."""
    lines = ",\n".join(json.dumps(asdict(pin), ensure_ascii=False) for pin in sorted(pins))
    new = path.with_suffix(".new")
    new.write_text(f'{{"packages": [\n{lines}\n]}}\n')
    new.replace(path)
