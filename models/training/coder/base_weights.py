"""The base's weights, from its publisher's GGUF, as float32 by Hugging Face's names without `model.`"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .errors import TrainingError
from .shape import CoderShape

IN_LAYER = {
    "input_layernorm.weight": "attn_norm.weight",
    "post_attention_layernorm.weight": "ffn_norm.weight",
    "self_attn.q_proj.weight": "attn_q.weight",
    "self_attn.k_proj.weight": "attn_k.weight",
    "self_attn.v_proj.weight": "attn_v.weight",
    "self_attn.q_proj.bias": "attn_q.bias",
    "self_attn.k_proj.bias": "attn_k.bias",
    "self_attn.v_proj.bias": "attn_v.bias",
    "self_attn.o_proj.weight": "attn_output.weight",
    "mlp.gate_proj.weight": "ffn_gate.weight",
    "mlp.up_proj.weight": "ffn_up.weight",
    "mlp.down_proj.weight": "ffn_down.weight",
}


@dataclass(frozen=True)
class BaseWeights:
    """`weights`: embed_tokens.weight [V,W] (the head too: they are tied), norm.weight [W], layers.N.… by `IN_LAYER`'s names, matrices [outputs,inputs].
    `coarse`: embed_tokens.weight as a file holds it for what goes in, where it holds it twice; the engine and llama.cpp read that one there."""

    shape: CoderShape
    weights: dict[str, np.ndarray]
    coarse: np.ndarray | None = None


def read_gguf(file: Path, keep: list[int] | None = None) -> BaseWeights:
    """Reads a qwen2 GGUF; the head is output.weight, what goes in token_embd.weight, in the publisher's file the coarser of the two; only rows `keep` (None: all).

    Raises TrainingError where the file is missing, cut short, or another architecture's.
    """
    import gguf

    if not file.is_file():
        raise TrainingError(f"{file} is missing: fetch the base weights that models/*/manifest.json names")
    try:
        reader = gguf.GGUFReader(file)
        field = {name: reader.fields[name].contents() for name in reader.fields if name.startswith(("general.architecture", "qwen2."))}
    except (ValueError, IndexError, KeyError, OSError) as error:
        raise TrainingError(f"{file} is not a whole GGUF ({error}): fetch it again") from error
    if field.get("general.architecture") != "qwen2":
        raise TrainingError(f"{file} holds a {field.get('general.architecture')}, not a qwen2")
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    head = tensors.get("output.weight") or tensors["token_embd.weight"]
    heads, width = field["qwen2.attention.head_count"], field["qwen2.embedding_length"]
    shape = CoderShape(
        layers=field["qwen2.block_count"],
        width=width,
        heads=heads,
        groups=field["qwen2.attention.head_count_kv"],
        head_size=width // heads,
        feed_forward=field["qwen2.feed_forward_length"],
        tokens=len(keep) if keep is not None else int(head.shape[1]),
        rope_theta=field["qwen2.rope.freq_base"],
        epsilon=field["qwen2.attention.layer_norm_rms_epsilon"],
    )

    def read(name: str, rows: list[int] | None = None) -> np.ndarray:
        tensor = tensors[name]
        data = tensor.data if rows is None else tensor.data[np.array(rows)]
        if tensor.tensor_type == gguf.GGMLQuantizationType.F32:
            return np.array(data, np.float32)
        return gguf.quants.dequantize(data, tensor.tensor_type).astype(np.float32)

    weights = {"embed_tokens.weight": read(head.name, keep), "norm.weight": read("output_norm.weight")}
    for layer in range(shape.layers):
        weights |= {f"layers.{layer}.{ours}": read(f"blk.{layer}.{theirs}") for ours, theirs in IN_LAYER.items()}
    return BaseWeights(shape, weights, read("token_embd.weight", keep) if head.name != "token_embd.weight" else None)


def made_up(shape: CoderShape, seed: int = 0) -> BaseWeights:
    """Random weights of that shape, for tests and benchmarks."""
    random = np.random.default_rng(seed)
    draw = lambda *size: random.standard_normal(size, np.float32) * 0.02
    weights = {"embed_tokens.weight": draw(shape.tokens, shape.width), "norm.weight": np.ones(shape.width, np.float32)}
    for layer in range(shape.layers):
        at = f"layers.{layer}."
        for name, size in shape.matrices().items():
            weights[f"{at}{name}.weight"] = draw(*size)
            if name[-6:] in ("q_proj", "k_proj", "v_proj"):
                weights[f"{at}{name}.bias"] = draw(size[0])
        for norm in ("input_layernorm", "post_attention_layernorm"):
            weights[f"{at}{norm}.weight"] = np.ones(shape.width, np.float32)
    return BaseWeights(shape, weights)
