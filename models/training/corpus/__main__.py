"""
python -m corpus lock  [--update]                    pins the packages of packages.toml in corpus.lock.json
python -m corpus build --judges FILE… --out FOLDER   makes FOLDER/corpus.jsonl and corpus.report.json of what is pinned, and DATASHEET.md beside the lock

Both fetch by HTTPS from the registries, and keep what they fetched in FOLDER/archives (--archives). Run in models/training.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .build import build
from .datasheet import datasheet
from .errors import CorpusError
from .judges import read_judges
from .lock import lock
from .packages import read_packages
from .pin import read_pins, write_pins
from .web import Web

HERE = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
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
    building.add_argument("--workers", type=int)
    building.add_argument("--datasheet", type=Path, default=HERE / "DATASHEET.md")
    options = parser.parse_args(arguments)
    try:
        packages, web = read_packages(options.packages), Web(options.archives)
        if options.command == "lock":
            return _lock(options, packages, web)
        pins = read_pins(options.lock)
        if kept_out := [pin.name for pin in pins if (pin.registry, pin.name) in packages.left_out]:
            raise CorpusError(f"{options.lock} pins {', '.join(kept_out)}, of which judges of the model are made: run `corpus lock`")
        report = build(pins, read_judges(options.judges), web, options.out, skip_missing=options.skip_missing, workers=options.workers)
        options.datasheet.write_text(datasheet(report))
        print(f"{options.out / 'corpus.jsonl'}: {report.files:,} files, {report.chars / 1e6:.0f} million characters, sha256 {report.sha256}")
        return 0
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1


def _lock(options: argparse.Namespace, packages, web: Web) -> int:
    old = read_pins(options.lock) if options.lock.exists() else []
    pins, problems = lock(packages, old, web, update=options.update)
    write_pins(options.lock, pins)
    print(f"{options.lock}: {len(pins)} packages")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
