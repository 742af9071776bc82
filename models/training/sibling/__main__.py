"""
python -m sibling prune  --recipe FILE --base FILE --vocabulary FILE --corpus FILE --adapter FILE --state FOLDER [--tokens N] [--layers N] [--megabytes M]
python -m sibling heal   (the same files) [--budget-minutes M]
python -m sibling export (the same files) --out FOLDER [--name NAME]

`prune` chooses tokens and layers and writes them to FOLDER/sibling.json; `heal` trains, and goes on from its newest save; `export` writes a Hugging Face folder, a GGUF and a manifest from the
newest save (from the pruned weights where there is none). Run in models/training.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections import Counter
from pathlib import Path

BEGUN = time.monotonic()
CHOICE = "sibling.json"
COUNTED_CHARACTERS = 30e6


def main(arguments: list[str]) -> int:
    from coder.errors import exit_code
    from tuning.inputs import add_inputs

    parser = argparse.ArgumentParser(prog="sibling", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    pruning, healing, exporting = (commands.add_parser(name) for name in ("prune", "heal", "export"))
    for command in (pruning, healing, exporting):
        add_inputs(command, "adapter")
        command.add_argument("--state", type=Path, required=True)
    pruning.add_argument("--tokens", type=int, default=20_000, help="so many at most")
    pruning.add_argument("--layers", type=int, default=0, help="0: as many as the limit allows")
    pruning.add_argument("--megabytes", type=float, default=150)
    healing.add_argument("--budget-minutes", type=float, default=float("inf"), help="this piece's, the start and the last save counted")
    exporting.add_argument("--out", type=Path, required=True)
    exporting.add_argument("--name", default="qwen2.5-coder-sibling")
    options = parser.parse_args(arguments)
    return exit_code(lambda: {"prune": _prune, "heal": _heal, "export": _export}[options.command](options))


def _prune(options: argparse.Namespace) -> None:
    from canvas.kept_tokens import base_tokenizer, count, read_kept
    from coder.replace_file import replace_file
    from tuning.inputs import frozen_coder, load

    from .importance import layer_angles, layers_to_keep
    from .settings import HealSettings
    from .sizes import file_bytes, most_layers
    from .vocabulary import commonest

    settings = HealSettings.read(options.recipe, options.set)
    (base, loaded), kept = load(options), set(read_kept(options.vocabulary))
    tokenizer = base_tokenizer(options.base.resolve())
    seen = Counter({token: n for token, n in count(options.corpus, tokenizer, COUNTED_CHARACTERS).items() if token in kept})
    keep = commonest(seen, tokenizer, options.tokens)
    coder = frozen_coder(base, options.adapter, settings.device)
    plain = dataclasses.replace(settings, blocks=0)
    angles = layer_angles(coder, loaded.held_out_batches(plain.plan, settings.context, settings.judge_batches), loaded.vocabulary.mask)
    shape = dataclasses.replace(coder.shape, tokens=len(keep))
    layers = layers_to_keep(angles, options.layers or most_layers(shape, int(options.megabytes * 1e6)))
    options.state.mkdir(parents=True, exist_ok=True)
    choice = {"layers": layers, "angles": angles, "keep": keep}
    replace_file(options.state / CHOICE, lambda part: part.write_text(json.dumps(choice)))
    print("angles " + " ".join(f"{i}:{turned:.3f}" for i, turned in enumerate(angles)))
    print(f"{len(layers)} layers {layers}, {len(keep)} tokens: at most {file_bytes(dataclasses.replace(shape, layers=len(layers))) / 1e6:.1f} MB")


def _heal(options: argparse.Namespace) -> None:
    import torch

    from coder.network import Coder
    from tuning.inputs import sha256
    from tuning.loop import LoopRun, train_loop

    from .choice import read_choice
    from .heal import Healing
    from .settings import HealSettings

    settings = HealSettings.read(options.recipe, options.set)
    torch.manual_seed(settings.seed)
    choice = read_choice(options.state / CHOICE, options)
    teacher = Coder(choice.teacher, device=settings.device)
    teacher.mask_embedding = choice.mask_embedding.to(settings.device)
    student = Coder(choice.pruned, tuned=True, device=settings.device)
    loaded = choice.loaded
    judged = loaded.held_out_batches(settings.plan, settings.context, settings.judge_batches)
    learner = Healing(teacher, student, choice.layers, settings, choice.vocabulary.mask, choice.vocabulary.end, judged)
    source = lambda place: loaded.batches_from(settings.plan, settings.context, settings.seed, place)
    identity = {**loaded.identity, "choice": sha256(options.state / CHOICE)}
    train_loop(LoopRun(settings, lambda: learner, source, options.state, identity, options.budget_minutes * 60, BEGUN))


def _export(options: argparse.Namespace) -> None:
    from export.hugging_face import write_folder

    from .choice import healed_save, read_choice
    from .heal import Healing
    from .manifest import write_manifest
    from .read_weights import read_weights
    from .write_gguf import write_gguf

    choice = read_choice(options.state / CHOICE, options)
    save = healed_save(options.state, options.state / CHOICE)
    weights = read_weights(save.folder / Healing.file, choice.pruned.shape) if save else choice.pruned
    v = choice.vocabulary
    write_folder(options.out / "huggingface", weights, v.tokenizer.to_str(), v.prefix, v.end)
    file = options.out / f"{options.name}-q8_0.gguf"
    write_gguf(file, weights, v, options.name)
    write_manifest(options.out / "manifest.json", file, v, options.name)
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB, from {save.folder if save else 'the pruned weights, not healed'}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
