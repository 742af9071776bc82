"""A drafter's file: its learned weights in fp16, its sizes in the metadata. Norms, embedding and head are the coder's."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from coder.errors import TrainingError
from coder.network import Coder
from coder.replace_file import replace_file

from .network import Drafter, DrafterShape

VERSION = "1"


def write_drafter(file: Path, drafter: Drafter) -> None:
    """By rename, so that a kill leaves the old file whole."""
    halves = {name: weight.detach().to(torch.float16).cpu().contiguous() for name, weight in drafter.named_parameters()}
    shape = drafter.shape
    about = {"version": VERSION, "kind": "drafter", "layers": str(shape.layers), "block": str(shape.block), "taps": ",".join(map(str, shape.taps))}
    replace_file(file, lambda part: save_file(halves, part, metadata=about))


def read_drafter(file: Path, coder: Coder) -> Drafter:
    """Raises TrainingError where the file is none, damaged, of another version, or another coder's."""
    try:
        with safe_open(file, "pt") as opened:
            about = opened.metadata() or {}
            weights = {name: opened.get_tensor(name).float() for name in opened.keys()}  # noqa: SIM118 (it is no dict)
        if about.get("kind") != "drafter" or about.get("version") != VERSION:
            raise ValueError(f"kind {about.get('kind')}, version {about.get('version')}; a drafter of version {VERSION} is wanted")
        shape = DrafterShape(int(about["layers"]), int(about["block"]), tuple(map(int, about["taps"].split(","))))
        drafter = Drafter(coder, shape)
        learned = dict(drafter.named_parameters())
        if {name: tuple(weight.shape) for name, weight in weights.items()} != {name: tuple(weight.shape) for name, weight in learned.items()}:
            raise ValueError("its weights are of other names or sizes than this coder's drafter has")
    except (SafetensorError, OSError, ValueError, KeyError) as error:
        raise TrainingError(f"{file} cannot be read as a drafter: {error}") from error
    with torch.no_grad():
        for name, weight in weights.items():
            learned[name].copy_(weight)
    return drafter
