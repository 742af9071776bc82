"""An adapter (LoRA, arXiv:2106.09685) in the engine's file: `layers.N.self_attn.q_proj.a` [R,in], `….b` [out,R], `mask_embedding` [W], fp16; W' = W + scale · b a."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from .errors import TrainingError
from .replace_file import replace_file
from .shape import CoderShape

Adapter = dict[str, torch.Tensor]
SCALE = 2.0


def new_adapter(shape: CoderShape, rank: int, mask_embedding: torch.Tensor, seed: int = 0) -> Adapter:
    """float32: a drawn from N(0, 1/in), b zero, so that it changes nothing yet."""
    draw = torch.Generator().manual_seed(seed)
    adapter: Adapter = {"mask_embedding": mask_embedding.float().cpu().clone()}
    for layer in range(shape.layers):
        for name, (outputs, inputs) in shape.matrices().items():
            adapter[f"layers.{layer}.{name}.a"] = torch.randn(rank, inputs, generator=draw) / math.sqrt(inputs)
            adapter[f"layers.{layer}.{name}.b"] = torch.zeros(outputs, rank)
    return adapter


def rank_of(adapter: Adapter) -> int:
    return next(weight.shape[0] for name, weight in adapter.items() if name.endswith(".a"))


def read_adapter(file: Path) -> Adapter:
    """float32, with b such that the scale is `SCALE`. Raises TrainingError where the file is none, or damaged."""
    try:
        with safe_open(file, "pt") as opened:
            scale = float((opened.metadata() or {}).get("scale", "nan"))
            adapter = {name: opened.get_tensor(name).float() for name in opened.keys()}  # noqa: SIM118 (it is no dict)
    except (SafetensorError, OSError, ValueError) as error:
        raise TrainingError(f"{file} cannot be read as an adapter: {error}") from error
    if not math.isfinite(scale) or not any(name.endswith(".a") for name in adapter):
        raise TrainingError(f"{file} is not an adapter: it has no scale or no pairs a, b")
    if scale != SCALE:
        adapter = {name: weight * (scale / SCALE) if name.endswith(".b") else weight for name, weight in adapter.items()}
    return adapter


def write_adapter(file: Path, adapter: Adapter, **metadata: str) -> None:
    """By rename, so that a kill leaves the old file whole."""
    halves = {name: weight.detach().to(torch.float16).cpu().contiguous() for name, weight in adapter.items()}
    about = {"rank": str(rank_of(adapter)), "scale": str(SCALE), **metadata}
    replace_file(file, lambda part: save_file(halves, part, metadata=about))
