"""
What each package has given lies on the disk under a key of all that it was made from, so that a build that was killed goes on where it stopped, and the whole
never has to fit into memory. A file's first line says what is in it; a line of the corpus follows for each file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from .duplicates import Sketch, sketch_of
from .judges import Judges
from .package_files import files_of
from .pin import Pin
from .replaced import replaced

#: whose releases may change what a file is taken for
DECIDING = ("datasketch", "detect-secrets", "identify", "numpy")


@dataclass(frozen=True)
class KeptFile:
    """A file of a corpus without its text."""

    path: str
    language: str
    #: of its text in UTF-8
    size: int
    #: where its line stands in the package's file
    start: int
    length: int
    sketch: Sketch


@dataclass
class KeptPackage:
    pin: Pin
    lines: Path
    licences: list[str]
    files: list[KeptFile]
    left_out: Counter[str]


def kept_package(pin: Pin, archive: Path, judges: Judges, folder: Path) -> KeptPackage:
    """What the package gives, from `folder` if it is there. @raises CorpusError where the archive is damaged or the disk is full"""
    key = sha256(json.dumps([pin.folder, pin.sha256, judges.digest, rules()]).encode()).hexdigest()
    path = folder / f"{key}.jsonl"
    return _read(pin, path) or _make(pin, archive, judges, path)


def line_of(package: KeptPackage, file: KeptFile) -> bytes:
    with package.lines.open("rb") as lines:
        lines.seek(file.start)
        return lines.read(file.length)


def _read(pin: Pin, path: Path) -> KeptPackage | None:
    """None where there is none, or none that is whole."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            kept = [KeptFile(**{**entry, "sketch": Sketch(**entry["sketch"])}) for entry in head["files"]]
            whole = path.stat().st_size == file.tell() + sum(entry.length for entry in kept)
            begin = file.tell()
        if not whole:
            return None
        files = [KeptFile(e.path, e.language, e.size, begin + e.start, e.length, e.sketch) for e in kept]
        return KeptPackage(pin, path, head["licences"], files, Counter(head["left_out"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _make(pin: Pin, archive: Path, judges: Judges, path: Path) -> KeptPackage:
    package = files_of(pin, archive, judges)
    lines = [(json.dumps({"path": file.path, "text": file.text}, ensure_ascii=False) + "\n").encode() for file in package.files]
    entries = []
    start = 0
    for file, line in zip(package.files, lines, strict=True):
        entries.append(asdict(KeptFile(file.path, file.language, len(file.text.encode()), start, len(line), sketch_of(file.text))))
        start += len(line)
    with replaced(path) as out:
        head = {"licences": package.licences, "left_out": package.left_out, "files": entries}
        out.write((json.dumps(head) + "\n").encode())
        out.writelines(lines)
    made = _read(pin, path)
    assert made is not None, f"{path} was written and can't be read"
    return made


@cache
def rules() -> str:
    """Changes with the code that decides and the libraries that it asks."""
    digest = sha256()
    for source in _sources():
        digest.update(source.read_bytes() + b"\0")
    return digest.hexdigest() + "".join(f" {name} {version(name)}" for name in DECIDING)


def _sources() -> Iterator[Path]:
    here = Path(__file__).parent
    names = "archives duplicates filters judges licences package_cache package_files pin runs secret_tokens source_maps"
    yield from (here / f"{name}.py" for name in names.split())
