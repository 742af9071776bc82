from __future__ import annotations

import argparse
import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import torch

from canvas.kept_tokens import base_tokenizer, kept_tokenizer, read_kept
from canvas.vocabulary import Vocabulary
from coder.adapter import read_adapter
from coder.base_weights import BaseWeights
from coder.errors import TrainingError
from export.merge import merged, with_mask_row
from tuning.inputs import Loaded, load, sha256
from tuning.saves import Save, newest_save

from .prune import prune


@dataclass(frozen=True)
class Choice:
    """`teacher`: the whole coder with its adapter merged, but for the mask's embedding; `pruned`: its layers `layers`, with it. Both have the sibling's tokens."""

    loaded: Loaded
    vocabulary: Vocabulary
    layers: list[int]
    teacher: BaseWeights
    mask_embedding: torch.Tensor
    pruned: BaseWeights


def read_choice(file: Path, options: argparse.Namespace) -> Choice:
    """Raises TrainingError where `prune` has not written it, or chose from another vocabulary."""
    try:
        chosen = json.loads(file.read_text())
        layers, keep = chosen["layers"], chosen["keep"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{file} cannot be read ({error!r}): run prune first") from error
    (base, loaded), place = load(options), {token: at for at, token in enumerate(read_kept(options.vocabulary))}
    if not set(keep) <= set(place):
        raise TrainingError(f"{file} was chosen from another vocabulary than {options.vocabulary}: run prune again")
    adapter = read_adapter(options.adapter)
    whole = merged(base, adapter)
    teacher = prune(whole, list(range(whole.shape.layers)), [place[token] for token in keep])
    vocabulary = Vocabulary(kept_tokenizer(base_tokenizer(options.base.resolve()), keep), keep)
    pruned = with_mask_row(prune(teacher, layers, list(range(len(keep)))), vocabulary.mask, adapter["mask_embedding"].numpy())
    return Choice(dataclasses.replace(loaded, vocabulary=vocabulary), vocabulary, layers, teacher, adapter["mask_embedding"], pruned)


def healed_save(state: Path, choice: Path) -> Save | None:
    """The newest save there. Raises TrainingError where it was healed from another choice: its rows would be other tokens'."""
    save = newest_save(state)
    if save and save.about["identity"]["choice"] != sha256(choice):
        raise TrainingError(f"{save.folder} was healed from another choice of layers and tokens than {choice}: heal in a folder of its own")
    return save
