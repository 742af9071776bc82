"""
python -m corpus lock  [--update]                    pins the packages of packages.toml in corpus.lock.json
python -m corpus build --judges FILE… --out FOLDER   makes FOLDER/corpus.jsonl and corpus.report.json of what is pinned, and compares its sha256 with the lock's
                       [--record]                    writes that sha256 into the lock instead, and DATASHEET.md beside it

Both fetch by HTTPS from the registries, and keep what they fetched in a folder (--archives). A build that was stopped goes on from there and from
FOLDER/packages, which may be deleted afterwards. Run in models/training.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .build import Report, build
from .datasheet import datasheet
from .errors import CorpusError
from .judges import read_judges
from .lock import lock
from .packages import Packages, read_packages
from .pin import Lock, Made, Pin, read_lock, write_lock
from .replaced import replaced
from .web import Web

HERE = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    try:
        packages, web = read_packages(options.packages), Web(options.archives)
        return _lock(options, packages, web) if options.command == "lock" else _build(options, packages, web)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="corpus", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    locking, building = commands.add_parser("lock"), commands.add_parser("build")
    for command in (locking, building):
        command.add_argument("--packages", type=Path, default=HERE / "packages.toml")
        command.add_argument("--lock", type=Path, default=HERE / "corpus.lock.json")
        command.add_argument("--archives", type=Path, default=Path("archives"))
    locking.add_argument("--update", action="store_true", help="newest releases, also of what is pinned")
    building.add_argument("--judges", type=Path, nargs="+", required=True, help="sets that judge the model: .jsonl or .jsonl.gz")
    building.add_argument("--out", type=Path, required=True)
    building.add_argument("--skip-missing", action="store_true", help="goes on without packages that have vanished")
    building.add_argument("--workers", type=int, default=os.cpu_count(), help="processes; what is made is the same with any number")
    building.add_argument("--record", action="store_true", help="writes what was made into the lock, and the datasheet")
    building.add_argument("--datasheet", type=Path, default=HERE / "DATASHEET.md")
    return parser.parse_args(arguments)


def _lock(options: argparse.Namespace, packages: Packages, web: Web) -> int:
    old = read_lock(options.lock) if options.lock.exists() else Lock([])
    pins, problems = lock(packages, old.pins, web, update=options.update)
    write_lock(options.lock, Lock(pins, old.made if sorted(pins) == sorted(old.pins) else None))
    print(f"{options.lock}: {len(pins)} packages")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _build(options: argparse.Namespace, packages: Packages, web: Web) -> int:
    locked = read_lock(options.lock)
    if kept_out := [pin.name for pin in locked.pins if packages.leaves_out(pin.registry, pin.name)]:
        raise CorpusError(f"{options.lock} pins {', '.join(kept_out)}, of which judges of the model are made: run `corpus lock`")
    judges = read_judges(options.judges)
    report = build(locked.pins, judges, web, options.out, skip_missing=options.skip_missing, workers=options.workers)
    made = Made(report.sha256, report.files, report.size, judges.digest)
    print(f"{options.out / 'corpus.jsonl'}: {made.files:,} files, {made.size / 1e6:.0f} MB of text, sha256 {made.sha256}")
    if options.record:
        _record(options, locked.pins, made, report)
    elif locked.made != made:
        raise CorpusError(_difference(options.lock, locked.made, made, report))
    return 0


def _record(options: argparse.Namespace, pins: list[Pin], made: Made, report: Report) -> None:
    if report.missing:
        raise CorpusError(f"{', '.join(report.missing)} vanished: take them out of packages.toml and run `corpus lock`; nothing was recorded")
    write_lock(options.lock, Lock(pins, made))
    with replaced(options.datasheet) as file:
        file.write(datasheet(report).encode())


def _difference(path: Path, locked: Made | None, made: Made, report: Report) -> str:
    if locked is None:
        return f"{path} records no corpus yet: --record does"
    reason = (
        "its judges were others" if locked.judges != made.judges else "packages are missing" if report.missing else "the rules or their libraries were others"
    )
    return f"{path} records another corpus, sha256 {locked.sha256}: {reason}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
