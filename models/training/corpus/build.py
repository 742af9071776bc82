"""Makes the corpus of the packages that a lock pins."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from tqdm import tqdm

from .duplicates import Duplicates
from .errors import CorpusError, PackageGone
from .judges import Judges
from .package_cache import KeptFile, KeptPackage, kept_package, line_of
from .package_files import rank
from .pin import Pin
from .replaced import replaced
from .shares import balanced
from .web import NotFound, Web

FETCHERS = 4


@dataclass
class Report:
    """What a build has made: corpus.report.json, which the datasheet is written from. Sizes are bytes of text in UTF-8."""

    sha256: str
    files: int
    size: int
    #: language -> files, size
    languages: dict[str, dict[str, int]]
    packages: list[dict[str, object]]
    #: why files went -> how many
    left_out: dict[str, int]
    missing: list[str]


def build(pins: Iterable[Pin], judges: Judges, web: Web, out: Path, *, skip_missing: bool = False, workers: int | None = None) -> Report:
    """
    Writes out/corpus.jsonl ({"path", "text"} a line) and out/corpus.report.json, each by rename: a build that is killed or fails leaves what was there before, and
    the next one goes on with what each package gave, which lies in out/packages. The same pins and judges give the same bytes, with any number of workers.
    @param skip_missing goes on without packages that have vanished, and names them in the report
    @raises CorpusError
    """
    pins = sorted(pins)
    archives, missing = _fetch(pins, web, skip_missing)
    packages = _read(archives, judges, out / "packages", workers)
    left_out: Counter[str] = Counter()
    duplicates = Duplicates()
    files: list[tuple[KeptFile, KeptPackage]] = []
    # In the pins' order, which decides what of the same stays.
    for package in packages:
        left_out += package.left_out
        for file in package.files:
            if (reason := duplicates.reason(file.sketch)) is None:
                files.append((file, package))
            else:
                left_out[reason] += 1
    home = dict(files)
    kept = balanced(sorted(home, key=lambda file: rank(file.path)))
    left_out["share of the language"] = len(files) - len(kept)
    digest = _write(out / "corpus.jsonl", ((file, home[file]) for file in kept))
    report = _report(digest, kept, packages, left_out, missing)
    with replaced(out / "corpus.report.json") as file:
        file.write((json.dumps(asdict(report), indent=1, ensure_ascii=False) + "\n").encode())
    return report


def _fetch(pins: list[Pin], web: Web, skip_missing: bool) -> tuple[list[tuple[Pin, Path]], list[str]]:
    def fetch(pin: Pin) -> Path | None:
        try:
            return web.archive(pin.url, pin.sha256)
        except NotFound as error:
            if not skip_missing:
                raise PackageGone(pin.registry, pin.name, pin.version) from error
            return None

    with ThreadPoolExecutor(FETCHERS) as pool:
        paths = list(tqdm(pool.map(fetch, pins), total=len(pins), unit="package", desc="fetching", disable=None))
    archives = [(pin, path) for pin, path in zip(pins, paths, strict=True) if path is not None]
    return archives, [pin.label for pin, path in zip(pins, paths, strict=True) if path is None]


_judges: Judges
_folder: Path


def _begin(judges: Judges, folder: Path) -> None:
    global _judges, _folder
    _judges, _folder = judges, folder


def _read_one(archive: tuple[Pin, Path]) -> KeptPackage:
    pin, path = archive
    return kept_package(pin, path, _judges, _folder)


def _read(archives: list[tuple[Pin, Path]], judges: Judges, folder: Path, workers: int | None) -> list[KeptPackage]:
    folder.mkdir(parents=True, exist_ok=True)
    for half in folder.glob("*.new"):
        half.unlink(missing_ok=True)
    try:
        with ProcessPoolExecutor(workers, initializer=_begin, initargs=(judges, folder)) as pool:
            try:
                return list(tqdm(pool.map(_read_one, archives), total=len(archives), unit="package", desc="reading", disable=None))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    except BrokenProcessPool as error:
        raise CorpusError(
            "a worker was killed, perhaps for its memory: run it again, it goes on where it stopped; --workers says how many there are"
        ) from error


def _write(path: Path, files: Iterable[tuple[KeptFile, KeptPackage]]) -> str:
    digest = sha256()
    with replaced(path) as out:
        for file, package in files:
            line = line_of(package, file)
            digest.update(line)
            out.write(line)
    return digest.hexdigest()


def _report(digest: str, files: list[KeptFile], packages: list[KeptPackage], left_out: Counter[str], missing: list[str]) -> Report:
    languages: dict[str, dict[str, int]] = {}
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in files:
        entry = languages.setdefault(file.language, {"files": 0, "size": 0})
        entry["files"] += 1
        entry["size"] += file.size
        folder = file.path.split("/", 1)[0]
        counts[folder] += 1
        sizes[folder] += file.size
    return Report(
        sha256=digest,
        files=len(files),
        size=sum(file.size for file in files),
        languages=dict(sorted(languages.items(), key=lambda item: -item[1]["size"])),
        packages=[
            {
                "registry": package.pin.registry,
                "name": package.pin.name,
                "version": package.pin.version,
                "licences": package.licences,
                "files": counts[package.pin.folder],
                "size": sizes[package.pin.folder],
            }
            for package in packages
        ],
        left_out=dict(sorted(left_out.items())),
        missing=missing,
    )
