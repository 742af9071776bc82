"""Makes the set of what the lock names: the same bytes each time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus import filters
from corpus.archives import files_in
from corpus.errors import CorpusError
from corpus.replaced import replaced
from corpus.web import NotFound, Web

from .holes import Hole
from .items import Item, items_of
from .lock import Locked, gone
from .packages import LANGUAGES

#: so that one language by itself tells something: of 200 pairs, where a fifth differ, a difference of some six points
PER_LANGUAGE = 200
SEED = "infill-dev-six 1"


class Archive:
    """A package's files, all of them."""

    def __init__(self, package: Locked, web: Web) -> None:
        """@raises CorpusError where it is gone, damaged, or other than locked"""
        pin = package.pin
        try:
            path = web.archive(pin.url, pin.sha256)
        except NotFound as error:
            raise gone(pin.registry, pin.name, pin.version) from error
        self.package = package
        self.everything = dict(files_in(path, pin.label))

    def chosen(self) -> dict[str, str]:
        """The text of each file that the lock names, by PACKAGE/package/PATH: the evaluation takes the first two folders for the package's root."""
        return {f"{self.root}/{path}": self._text(path, chars) for path, chars in self.package.files.items()}

    def closed(self) -> dict[str, list[Hole]]:
        return {f"{self.root}/{path}": [Hole(*ends) for ends in ranges] for path, ranges in self.package.closed.items()}

    @property
    def root(self) -> str:
        return f"{self.package.pin.label}/package"

    def _text(self, path: str, chars: int) -> str:
        data = self.everything.get(path)
        text = None if data is None else filters.decoded(data)
        if text is None or len(text) != chars:
            raise CorpusError(f"{self.package.pin.label} holds no {path} of {chars} characters: run `infill_dev lock`")
        return text


def build(packages: Sequence[Locked], web: Web, per_language: int) -> tuple[list[Item], list[Archive]]:
    """The items, language by language, and what they are from. @raises CorpusError"""
    archives = [Archive(package, web) for package in packages]
    wanted = {package.language for package in packages}
    files: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES if language in wanted}
    closed: dict[str, list[Hole]] = {}
    for archive in archives:
        files[archive.package.language] |= archive.chosen()
        closed |= archive.closed()
    items = [item for language, texts in files.items() for item in items_of(language, texts, closed, per_language, SEED)]
    return items, archives


def write_items(path: Path, items: Iterable[Item]) -> None:
    """Neither when nor on what it was written is in it. ASCII, so that no reader's guess of the encoding matters."""
    text = "".join(json.dumps(asdict(item)) + "\n" for item in items)
    with replaced(path) as file, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=file, mtime=0) as packed:
        packed.write(text.encode())


def write_files(folder: Path, archives: Iterable[Archive]) -> None:
    """The packages' files of the set's languages, as the evaluation's --files wants them."""
    for archive in archives:
        for path, data in archive.everything.items():
            if filters.language(path) == archive.package.language:
                place = folder / archive.root / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
