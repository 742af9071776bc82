from __future__ import annotations

from pathlib import Path

from coder.base_weights import BaseWeights
from coder.errors import TrainingError
from coder.replace_file import replace_file

from .gguf_tensors import add_tensors, write_all

SKIPPED = ("GGUF.", "general.file_type", "general.quantization_version", "split.")


def write_gguf(file: Path, model: BaseWeights, base: Path, name: str) -> None:
    """The merged coder as llama.cpp reads it: matrices Q8_0, norms and biases float32; all keys but the weights' as `base` has them (its tokenizer too, so `model` keeps all tokens).

    Raises TrainingError where `base` has more tokens than `model`, and where the file cannot be written.
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
    add_tensors(writer, model)
    write_all(writer)
