"""
python -m drafter train  --recipe FILE --base FILE --vocabulary FILE --corpus FILE --adapter FILE --state FOLDER [--budget-minutes M] [--set name=value]…
python -m drafter judge  (the same files) [--drafter FILE]… [--masks N] [--sure-above P]… [--out FILE.json]
python -m drafter export --base FILE --vocabulary FILE --adapter FILE --drafter FILE --out FOLDER [--context N]

`train` goes on from the newest save in FOLDER, so the same command serves after a kill, and for a run in pieces. `judge` compares drafts of one coder on the held-out packages; `export` writes
a pass as ONNX and measures it. Run in models/training.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

BEGUN = time.monotonic()


def main(arguments: list[str]) -> int:
    from coder.errors import exit_code
    from tuning.inputs import add_inputs

    parser = argparse.ArgumentParser(prog="drafter", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    training, judging, exporting = (commands.add_parser(name) for name in ("train", "judge", "export"))
    add_inputs(training, "adapter")
    training.add_argument("--state", type=Path, required=True)
    training.add_argument("--budget-minutes", type=float, default=float("inf"), help="this piece's, the start and the last save counted")
    add_inputs(judging, "adapter")
    judging.add_argument("--drafter", type=Path, action="append", default=[])
    judging.add_argument("--masks", type=int, default=0, help="so many masks within the coder, with its own adapter")
    judging.add_argument("--sure-above", type=float, action="append", default=[], help="a second pass over what the first gave no such probability")
    judging.add_argument("--out", type=Path)
    for name in ("base", "vocabulary", "adapter", "drafter", "out"):
        exporting.add_argument(f"--{name}", type=Path, required=True)
    exporting.add_argument("--context", type=int, default=512, help="features in the cache while the pass is measured")
    options = parser.parse_args(arguments)
    return exit_code(lambda: {"train": _train, "judge": _judge, "export": _export}[options.command](options))


def _train(options: argparse.Namespace) -> None:
    import torch

    from tuning.inputs import frozen_coder, load
    from tuning.loop import LoopRun, train_loop

    from .learner import DrafterLearner
    from .network import Drafter, DrafterShape
    from .settings import DrafterSettings

    settings = DrafterSettings.read(options.recipe, options.set)
    torch.manual_seed(settings.seed)
    base, loaded = load(options)
    coder = frozen_coder(base, options.adapter, settings.device)
    del base
    drafter = Drafter(coder, DrafterShape(settings.layers, settings.block, settings.taps))
    judged = loaded.held_out_batches(settings.plan, settings.context, settings.judge_batches)
    learner = DrafterLearner(coder, drafter, settings, loaded.vocabulary.mask, judged)
    source = lambda place: loaded.batches_from(settings.plan, settings.context, settings.seed, place)
    train_loop(LoopRun(settings, lambda: learner, source, options.state, loaded.identity, options.budget_minutes * 60, BEGUN))


def _judge(options: argparse.Namespace) -> None:
    from coder.errors import TrainingError
    from coder.replace_file import replace_file
    from tuning.inputs import frozen_coder, load

    from .drafter_file import read_drafter
    from .judge import by_drafter, by_masks, judge
    from .settings import DrafterSettings

    settings = DrafterSettings.read(options.recipe, options.set)
    base, loaded = load(options)
    coder, mask = frozen_coder(base, options.adapter, settings.device), loaded.vocabulary.mask
    proposers = {f"{options.masks} masks": (by_masks(coder, mask, options.masks), options.masks)} if options.masks else {}
    drafters = {str(file): read_drafter(file, coder) for file in options.drafter}
    taps = next((drafter.shape.taps for drafter in drafters.values()), ())
    if any(drafter.shape.taps != taps for drafter in drafters.values()):
        raise TrainingError("these drafters read different layers of the coder: judge them one by one")
    for name, drafter in drafters.items():
        size = drafter.shape.block - 1
        proposers[name] = (by_drafter(coder, drafter), size)
        for least in options.sure_above:
            proposers[f"{name}, again below {least}"] = (by_drafter(coder, drafter, least), size)
    batches = loaded.held_out_batches(settings.plan, settings.context, settings.judge_batches)
    heads = judge(coder, batches, mask, taps, proposers)
    found = {
        name: {"agreement": head.agreement(), "judged": head.judged, "alive": head.alive(), "tokens_a_pass": head.tokens_a_pass()}
        for name, head in heads.items()
    }
    for name, values in found.items():
        print(
            f"{name}: {values['tokens_a_pass']:.3f} tokens a pass; " + " ".join(f"{share:.3f}" for share in values["agreement"]) + f" of {values['judged'][0]}"
        )
    if options.out:
        replace_file(options.out, lambda part: part.write_text(json.dumps(found, indent=1) + "\n"))


def _export(options: argparse.Namespace) -> None:
    from canvas.kept_tokens import read_kept
    from coder.base_weights import read_gguf
    from tuning.inputs import frozen_coder

    from .drafter_file import read_drafter
    from .export import example_inputs, export
    from .measure import measure

    keep = read_kept(options.vocabulary)
    coder = frozen_coder(read_gguf(options.base, keep), options.adapter, "cpu")
    drafter = read_drafter(options.drafter, coder)
    for name, file in export(coder, drafter, options.out).items():
        for block in (8, 16):
            took = measure(file, example_inputs(drafter, block, 3, options.context))
            print(f"{name}, block {block}: {took:.2f} ms a pass over {options.context} features, 2 threads")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
