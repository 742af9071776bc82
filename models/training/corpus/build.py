"""Makes the corpus of the packages that a lock pins."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from tqdm import tqdm

from .duplicates import Duplicates
from .errors import CorpusError, PackageGone
from .judges import Judges
from .package_files import PackageFiles, SourceFile, files_of, rank
from .pin import Pin
from .shares import balanced
from .web import NotFound, Web


@dataclass
class Report:
    """What a build has made: corpus.report.json, which the datasheet is written from."""

    sha256: str
    files: int
    chars: int
    languages: dict[str, dict[str, int]]
    packages: list[dict[str, object]]
    left_out: dict[str, int]
    missing: list[str]


def build(pins: Iterable[Pin], judges: Judges, web: Web, out: Path, *, skip_missing: bool = False, workers: int | None = None) -> Report:
    """
    Writes out/corpus.jsonl ({"path", "language", "text"} a line) and out/corpus.report.json, each by rename: a build that is killed or fails leaves what was
    there before. The same pins and judges give the same bytes.
    @param skip_missing goes on without packages that have vanished, and names them in the report
    @raises CorpusError
    """
    pins = sorted(pins)
    archives, missing = _fetch(pins, web, skip_missing)
    duplicates, left_out = Duplicates(), Counter()
    packages: list[PackageFiles] = []
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(judges,)) as pool:
        for package in tqdm(pool.map(_read, archives), total=len(archives), unit="package", desc="reading", disable=None):
            kept = []
            for file in package.files:
                if (reason := duplicates.reason(file.text)) is None:
                    kept.append(file)
                else:
                    left_out[reason] += 1
            package.files = kept
            left_out += package.left_out
            packages.append(package)
    files = balanced(sorted((file for package in packages for file in package.files), key=lambda file: rank(file.path)))
    left_out["share of the language"] = sum(len(package.files) for package in packages) - len(files)
    out.mkdir(parents=True, exist_ok=True)
    digest = _write(out / "corpus.jsonl", files)
    report = _report(digest, files, packages, left_out, missing)
    with replaced(out / "corpus.report.json") as file:
        file.write((json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n").encode())
    return report


def _fetch(pins: list[Pin], web: Web, skip_missing: bool) -> tuple[list[tuple[Pin, Path]], list[str]]:
    archives, missing = [], []
    for pin in tqdm(pins, unit="package", desc="fetching", disable=None):
        try:
            archives.append((pin, web.archive(pin.url, pin.sha256)))
        except NotFound as error:
            if not skip_missing:
                raise PackageGone(pin.registry, pin.name, pin.version) from error
            missing.append(pin.label)
    return archives, missing


_judges: Judges


def _begin(judges: Judges) -> None:
    global _judges
    _judges = judges


def _read(archive: tuple[Pin, Path]) -> PackageFiles:
    pin, path = archive
    return files_of(pin, path, _judges)


def _write(path: Path, files: Iterable[SourceFile]) -> str:
    digest = sha256()
    with replaced(path) as out:
        for file in files:
            line = (json.dumps(asdict(file), ensure_ascii=False) + "\n").encode()
            digest.update(line)
            out.write(line)
    return digest.hexdigest()


@contextmanager
def replaced(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes `path`'s place once it is whole. @raises CorpusError where it can't be written: the disk may be full"""
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise CorpusError(f"{path} can't be written ({error.strerror}); what was there before is there still") from error


def _report(digest: str, files: list[SourceFile], packages: list[PackageFiles], left_out: Counter[str], missing: list[str]) -> Report:
    languages: dict[str, dict[str, int]] = {}
    counts: Counter[str] = Counter()
    for file in files:
        entry = languages.setdefault(file.language, {"files": 0, "chars": 0})
        entry["files"] += 1
        entry["chars"] += len(file.text)
        counts[file.path.split("/", 1)[0]] += 1
    return Report(
        sha256=digest,
        files=len(files),
        chars=sum(len(file.text) for file in files),
        languages=dict(sorted(languages.items(), key=lambda item: -item[1]["chars"])),
        packages=[
            {"registry": p.pin.registry, "name": p.pin.name, "version": p.pin.version, "licences": p.licences, "files": counts[p.pin.label]} for p in packages
        ],
        left_out=dict(sorted(left_out.items())),
        missing=missing,
    )
