from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coder.base_weights import IN_LAYER, BaseWeights

if TYPE_CHECKING:
    from gguf import GGUFWriter


def add_tensors(writer: GGUFWriter, model: BaseWeights) -> None:
    """Matrices as Q8_0, norms and biases in float32. The head is the embedding: there is no output.weight."""
    import gguf

    places = {"embed_tokens.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}
    places |= {f"layers.{layer}.{ours}": f"blk.{layer}.{theirs}" for layer in range(model.shape.layers) for ours, theirs in IN_LAYER.items()}
    for ours, theirs in places.items():
        weight = np.ascontiguousarray(model.weights[ours], np.float32)
        kind = gguf.GGMLQuantizationType.Q8_0 if weight.ndim == 2 and weight.shape[1] % 32 == 0 else gguf.GGMLQuantizationType.F32
        writer.add_tensor(theirs, gguf.quants.quantize(weight, kind), raw_dtype=kind)


def write_all(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
