from __future__ import annotations

from pathlib import Path

import numpy as np

from coder.base_weights import IN_LAYER, BaseWeights
from coder.errors import TrainingError
from coder.replace_file import replace_file

SKIPPED = ("GGUF.", "general.file_type", "general.quantization_version", "split.")


def write_gguf(file: Path, model: BaseWeights, base: Path, name: str) -> None:
    """The merged coder as llama.cpp reads it: matrices Q8_0, norms and biases float32; all keys but the weights' as `base` has them (its tokenizer too, so `model` keeps all tokens).

    Raises TrainingError where `base` has another number of tokens than `model`, and where the file cannot be written.
    """
    import gguf

    reader = gguf.GGUFReader(base)
    tokens = len(reader.fields["tokenizer.ggml.tokens"].data)
    if tokens > model.shape.tokens:
        raise TrainingError(f"{base} has {tokens} tokens and the model {model.shape.tokens}: llama.cpp wants all of them")
    replace_file(file, lambda part: _write(part, model, reader, name))


def _write(part: Path, model: BaseWeights, reader, name: str) -> None:
    import gguf

    writer = gguf.GGUFWriter(part, "qwen2")
    for key, field in reader.fields.items():
        if key == "general.architecture" or key.startswith(SKIPPED):
            continue
        kind = field.types[0]
        writer.add_key_value(key, name if key == "general.name" else field.contents(), kind, field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    places = {"embed_tokens.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}
    places |= {f"layers.{layer}.{ours}": f"blk.{layer}.{theirs}" for layer in range(model.shape.layers) for ours, theirs in IN_LAYER.items()}
    for ours, theirs in places.items():
        weight = np.ascontiguousarray(model.weights[ours], np.float32)
        if weight.ndim == 2 and weight.shape[1] % 32 == 0:
            writer.add_tensor(theirs, gguf.quants.quantize(weight, gguf.GGMLQuantizationType.Q8_0), raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(theirs, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
