"""Packages as the lock names them, and the corpus that was made of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .errors import CorpusError
from .replaced import replaced


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
        """Names it to people, and its files in an evaluation."""
        return f"{self.registry}-{self._plain_name}-{self.version}"

    @property
    def folder(self) -> str:
        """What its files stand under in the corpus."""
        return f"{self._plain_name}-{self.version}-{self.registry}"

    @property
    def _plain_name(self) -> str:
        return self.name.replace("/", "+").replace(":", "+")


@dataclass(frozen=True)
class Made:
    """A corpus that was built of the pins."""

    #: of corpus.jsonl
    sha256: str
    files: int
    #: bytes of text
    size: int
    #: names the sets that judge the model, as far as they decide what stays out
    judges: str


@dataclass(frozen=True)
class Lock:
    pins: list[Pin]
    #: None: what was pinned has changed since
    made: Made | None = None


def read_lock(path: Path) -> Lock:
    """@raises CorpusError where it can't be read"""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        made = content.get("corpus")
        return Lock([Pin(**pin) for pin in content["packages"]], None if made is None else Made(**made))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CorpusError(f"{path} is no lock of a corpus ({error}): run `corpus lock`") from error


def write_lock(path: Path, lock: Lock) -> None:
    """A line a package, sorted, so that a change of one is a change of one line. By rename."""
    made = "null" if lock.made is None else json.dumps(asdict(lock.made))
    lines = ",\n".join(json.dumps(asdict(pin), ensure_ascii=False) for pin in sorted(lock.pins))
    with replaced(path) as file:
        file.write(f'{{"corpus": {made},\n"packages": [\n{lines}\n]}}\n'.encode())
