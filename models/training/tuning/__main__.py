"""
python -m tuning train --recipe FILE --base FILE --vocabulary FILE --corpus FILE --state FOLDER [--start ADAPTER] [--budget-minutes M] [--set name=value]…
python -m tuning plot --state FOLDER --out FILE.svg

`train` goes on from the newest save in FOLDER, so the same command serves after a kill, and for a run in pieces (--budget-minutes). Run in models/training.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

BEGUN = time.monotonic()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tuning", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    training, plotting = commands.add_parser("train"), commands.add_parser("plot")
    for name in ("recipe", "base", "vocabulary", "corpus", "state"):
        training.add_argument(f"--{name}", type=Path, required=True)
    training.add_argument("--start", type=Path, help="an adapter to begin from, where FOLDER is empty")
    training.add_argument("--budget-minutes", type=float, default=float("inf"), help="this piece's, the start and the last save counted")
    training.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another value than the recipe's, in TOML's words")
    plotting.add_argument("--state", type=Path, nargs="+", required=True)
    plotting.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    from coder.errors import TrainingError

    try:
        if options.command == "plot":
            from .plot import plot

            plot(options.state, options.out)
        else:
            _train(options)
        return 0
    except TrainingError as error:
        print(error, file=sys.stderr)
        return 1


def _train(options: argparse.Namespace) -> None:
    import torch

    from canvas.kept_tokens import base_tokenizer, kept_tokenizer, read_kept
    from canvas.source_files import read_files, split
    from canvas.vocabulary import Vocabulary
    from coder.adapter import new_adapter, rank_of, read_adapter
    from coder.base_weights import read_gguf
    from coder.errors import TrainingError

    from .settings import AdapterSettings
    from .train import AdapterRun, train

    settings = AdapterSettings.read(options.recipe, options.set)
    torch.set_float32_matmul_precision("high")
    keep = read_kept(options.vocabulary)
    base = read_gguf(options.base, keep)
    vocabulary = Vocabulary(kept_tokenizer(base_tokenizer(options.base.resolve()), keep), keep)
    files, held_out = split(read_files(options.corpus))
    if not files or not held_out:
        raise TrainingError(f"{options.corpus} has too few packages to hold one out: build a larger one")
    if options.start:
        adapter = read_adapter(options.start)
        if rank_of(adapter) != settings.rank:
            raise TrainingError(f"{options.start} has rank {rank_of(adapter)}, the recipe says {settings.rank}: --set rank={rank_of(adapter)}")
    else:
        mean = torch.from_numpy(base.weights["embed_tokens.weight"].mean(0))
        adapter = new_adapter(base.shape, settings.rank, mean, settings.seed)
    identity = {name: _sha256(getattr(options, name)) for name in ("base", "vocabulary", "corpus")}
    identity["start"] = _sha256(options.start) if options.start else ""
    (options.state).mkdir(parents=True, exist_ok=True)
    (options.state / "recipe.json").write_text(json.dumps({"identity": identity, "settings": vars(settings)}, default=str, indent=1))
    train(AdapterRun(settings, vocabulary, base, adapter, files, held_out, options.state, identity, options.budget_minutes * 60, BEGUN))


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
