"""What every command that trains or judges reads first."""

from __future__ import annotations

import argparse
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from canvas.batch import Batch
from canvas.batches import BatchPlan, Place, batches
from canvas.example import Examples
from canvas.kept_tokens import base_tokenizer, kept_tokenizer, read_kept
from canvas.source_files import SourceFile, read_files, split
from canvas.vocabulary import Vocabulary
from coder.adapter import read_adapter
from coder.base_weights import BaseWeights, read_gguf
from coder.errors import TrainingError
from coder.network import Coder

JUDGE_SEED = 7
JUDGE_PLAN, JUDGE_CONTEXT = BatchPlan(2600, window=48), (48, 96, 160, 256)
"""What adapters are judged on, whatever their recipes say: runs can be compared where they judge as many batches. A small window, so that few batches hold plain code too."""


@dataclass(frozen=True)
class Loaded:
    vocabulary: Vocabulary
    files: list[SourceFile]
    held_out: list[SourceFile]
    identity: dict[str, str]

    def batches_from(self, plan: BatchPlan, context: tuple[int, ...], seed: int, place: Place) -> Iterator[tuple[Place, Batch]]:
        return batches(Examples(self.vocabulary, self.files, context), plan, seed, place)

    def held_out_batches(self, plan: BatchPlan, context: tuple[int, ...], count: int, plain: bool = False) -> list[Batch]:
        """The first canvases of the held-out packages, the same for whoever gives the same plan; `plain`: and the plain code among them."""
        drawn = batches(Examples(self.vocabulary, self.held_out, context), plan, JUDGE_SEED)
        return list(itertools.islice((batch for _, batch in drawn if plain or not batch.plain), count))


def add_inputs(parser: argparse.ArgumentParser, *more: str) -> None:
    """`more`: names of further files that are read."""
    for name in ("recipe", "base", "vocabulary", "corpus", *more):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another value than the recipe's, in TOML's words")


def load(options: argparse.Namespace) -> tuple[BaseWeights, Loaded]:
    """The base apart, 1.6 GB that nobody wants to hold once a coder is made of it."""
    keep = read_kept(options.vocabulary)
    base = read_gguf(options.base, keep)
    vocabulary = Vocabulary(kept_tokenizer(base_tokenizer(options.base.resolve()), keep), keep)
    files, held_out = split(read_files(options.corpus))
    if not files or not held_out:
        raise TrainingError(f"{options.corpus} has too few packages to hold one out: build a larger one")
    hashed = {name: getattr(options, name, None) for name in ("base", "vocabulary", "corpus", "adapter", "start")}
    identity = {name: sha256(file) for name, file in hashed.items() if file}
    return base, Loaded(vocabulary, files, held_out, identity)


def frozen_coder(base: BaseWeights, adapter: Path, device: str) -> Coder:
    """The adapter merged into every layer."""
    return Coder(base, adapter=read_adapter(adapter), frozen=base.shape.layers, device=device)


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
