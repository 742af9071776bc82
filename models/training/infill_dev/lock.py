"""The lock: which files of which archives the set is made from, under which licence. All that is judged is judged when it is written; a build only reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from corpus.errors import CorpusError
from corpus.pin import Pin
from corpus.replaced import replaced

from .packages import LANGUAGES


@dataclass(frozen=True)
class Locked:
    """One package, for one language."""

    language: str
    pin: Pin
    #: SPDX
    licence: str
    copyright: str
    #: characters by path: what holes may be cut in
    files: Mapping[str, int]
    #: [begin, end) by path, in characters: what a model has seen elsewhere, so that no hole may touch it
    closed: Mapping[str, list[tuple[int, int]]] = field(default_factory=dict)


def write_lock(path: Path, packages: list[Locked]) -> None:
    """By rename. @raises CorpusError where it can't be written"""
    entries = [_entry(package) for package in sorted(packages, key=lambda package: (package.language, package.pin))]
    with replaced(path) as file:
        file.write((json.dumps({"packages": entries}, indent=2, ensure_ascii=False) + "\n").encode())


def gone(registry: str, name: str, version: str | None) -> CorpusError:
    what = name if version is None else f"{name} {version}"
    return CorpusError(f"{registry} has no {what} (any more): name another package in infill_dev/packages.toml, and run `infill_dev lock`")


def read_lock(path: Path) -> list[Locked]:
    """@raises CorpusError"""
    try:
        return [_locked(entry) for entry in json.loads(path.read_text(encoding="utf-8"))["packages"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CorpusError(f"{path} is no lock of this set ({error!r}): run `infill_dev lock`") from error


def _entry(package: Locked) -> dict:
    about = {"language": package.language, **asdict(package.pin), "licence": package.licence, "copyright": package.copyright}
    closed = {path: " ".join(f"{begin}-{end}" for begin, end in ranges) for path, ranges in sorted(package.closed.items())}
    return about | {"files": dict(sorted(package.files.items())), "closed": closed}


def _locked(entry: dict) -> Locked:
    pin = Pin(*(entry[name] for name in ("registry", "name", "version", "url", "sha256", "size")))
    if entry["language"] not in LANGUAGES:
        raise ValueError(entry["language"])
    files = {str(path): int(chars) for path, chars in entry["files"].items()}
    closed = {str(path): [_range(text) for text in ranges.split()] for path, ranges in entry["closed"].items()}
    return Locked(entry["language"], pin, entry["licence"], entry["copyright"], files, closed)


def _range(text: str) -> tuple[int, int]:
    begin, end = map(int, text.split("-"))
    return begin, end
