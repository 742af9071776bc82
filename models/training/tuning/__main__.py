"""
python -m tuning train --recipe FILE --base FILE --vocabulary FILE --corpus FILE --state FOLDER [--start ADAPTER] [--budget-minutes M] [--set name=value]…
python -m tuning plot --state FOLDER --out FILE.svg

`train` goes on from the newest save in FOLDER, so the same command serves after a kill, and for a run in pieces (--budget-minutes). Run in models/training.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

BEGUN = time.monotonic()


def main(arguments: list[str]) -> int:
    from coder.errors import exit_code

    from .inputs import add_inputs

    parser = argparse.ArgumentParser(prog="tuning", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    training, plotting = commands.add_parser("train"), commands.add_parser("plot")
    add_inputs(training)
    training.add_argument("--state", type=Path, required=True)
    training.add_argument("--start", type=Path, help="an adapter to begin from, where FOLDER is empty")
    training.add_argument("--budget-minutes", type=float, default=float("inf"), help="this piece's, the start and the last save counted")
    plotting.add_argument("--state", type=Path, nargs="+", required=True)
    plotting.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    return exit_code(lambda: {"train": _train, "plot": _plot}[options.command](options))


def _plot(options: argparse.Namespace) -> None:
    from .plot import plot

    plot(options.state, options.out)


def _train(options: argparse.Namespace) -> None:
    import torch

    from coder.adapter import new_adapter, rank_of, read_adapter
    from coder.errors import TrainingError

    from .inputs import load
    from .settings import AdapterSettings
    from .train import AdapterRun, train

    settings = AdapterSettings.read(options.recipe, options.set)
    torch.set_float32_matmul_precision("high")
    base, loaded = load(options)
    if options.start:
        adapter = read_adapter(options.start)
        if rank_of(adapter) != settings.rank:
            raise TrainingError(f"{options.start} has rank {rank_of(adapter)}, the recipe says {settings.rank}: --set rank={rank_of(adapter)}")
    else:
        mean = torch.from_numpy(base.weights["embed_tokens.weight"].mean(0))
        adapter = new_adapter(base.shape, settings.rank, mean, settings.seed)
    train(AdapterRun(settings, loaded, base, adapter, options.state, options.budget_minutes * 60, BEGUN))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
