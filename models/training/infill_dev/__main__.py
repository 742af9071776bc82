"""
python -m infill_dev lock --seen CORPUS… --judges SET…   chooses releases and files anew, and pins them in the lock
python -m infill_dev build --out FILE                    makes FILE (.jsonl.gz) and, beside it, FILE's .licences.txt of what is pinned

Both fetch by HTTPS from the registries, and keep what they fetched in FOLDER/archives (--archives). Run in models/training.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.build import replaced
from corpus.errors import CorpusError
from corpus.judges import read_judges
from corpus.packages import read_packages
from corpus.web import Web

from .build import PER_LANGUAGE, build, write_files, write_items
from .choose import choose
from .lock import read_lock, write_lock
from .notices import table, texts
from .overlap import texts_of
from .packages import read_list

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "test/eval/data"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="infill_dev", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    locking, building = commands.add_parser("lock"), commands.add_parser("build")
    for command in (locking, building):
        command.add_argument("--packages", type=Path, default=HERE / "packages.toml")
        command.add_argument("--corpus-packages", type=Path, default=HERE.parent / "packages.toml")
        command.add_argument("--lock", type=Path, default=DATA / "infill-dev-six.lock.json")
        command.add_argument("--archives", type=Path, default=Path("archives"))
    locking.add_argument("--seen", type=Path, nargs="+", required=True, help='what the models were trained on: {"text"} a line')
    locking.add_argument("--judges", type=Path, nargs="+", required=True, help="other sets that judge the model: .jsonl or .jsonl.gz")
    building.add_argument("--out", type=Path, required=True)
    building.add_argument("--count", type=int, default=PER_LANGUAGE, help="items of each language")
    building.add_argument("--files", type=Path, help="also writes the packages' files there, for the evaluation's --files")
    options = parser.parse_args(arguments)
    try:
        wanted, web = read_list(options.packages, read_packages(options.corpus_packages)), Web(options.archives)
        return (_lock if options.command == "lock" else _build)(options, wanted, web)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1


def _lock(options: argparse.Namespace, wanted, web: Web) -> int:
    choice = choose(wanted, read_judges(options.judges), lambda: (text for path in options.seen for text in texts_of(path)), web)
    options.lock.parent.mkdir(parents=True, exist_ok=True)
    write_lock(options.lock, choice.packages)
    print(table(choice.packages))
    for reason, files in choice.left_out.items():
        print(f"{reason}: {len(files)}", *files, sep="\n  ")
    return 0


def _build(options: argparse.Namespace, wanted, web: Web) -> int:
    packages = read_lock(options.lock)
    listed = {(one.registry, one.name) for _, one in wanted}
    if strange := [package.pin.name for package in packages if (package.pin.registry, package.pin.name) not in listed]:
        raise CorpusError(f"{options.lock} pins {', '.join(strange)}, which {options.packages} does not name: run `infill_dev lock`")
    items, archives = build(packages, web, options.count)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_items(options.out, items)
    with replaced(options.out.with_name(options.out.name.removesuffix(".gz").removesuffix(".jsonl") + ".licences.txt")) as file:
        file.write(texts(archives).encode())
    if options.files is not None:
        write_files(options.files, archives)
    print(f"{options.out}: {len(items):,} items of {len({item.source for item in items}):,} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
