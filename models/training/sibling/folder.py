"""A sibling as a Hugging Face folder: config.json, model.safetensors, tokenizer.json."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from canvas.vocabulary import Vocabulary
from coder.base_weights import BaseWeights
from coder.errors import TrainingError
from coder.replace_file import replace_file
from coder.shape import CoderShape

WEIGHTS, CONFIG, TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
CONTEXT = 32768


def write_weights(file: Path, base: BaseWeights, dtype: type = np.float16) -> None:
    """By Hugging Face's names."""
    named = {f"model.{name}": np.ascontiguousarray(weight.astype(dtype)) for name, weight in base.weights.items()}
    replace_file(file, lambda part: save_file(named, part, metadata={"format": "pt"}))


def read_weights(file: Path, shape: CoderShape) -> BaseWeights:
    """Raises TrainingError where the file is none, or of another shape."""
    try:
        weights = {name.removeprefix("model."): weight.astype(np.float32) for name, weight in load_file(file).items()}
    except (SafetensorError, OSError) as error:
        raise TrainingError(f"{file} cannot be read as a sibling's weights: {error}") from error
    embedding = weights.get("embed_tokens.weight")
    last = f"layers.{shape.layers - 1}.mlp.down_proj.weight"
    if embedding is None or embedding.shape != (shape.tokens, shape.width) or last not in weights or f"layers.{shape.layers}.mlp.down_proj.weight" in weights:
        raise TrainingError(f"{file} does not hold {shape.layers} layers and {shape.tokens} tokens: it is another sibling's")
    return BaseWeights(shape, weights)


def write_folder(folder: Path, base: BaseWeights, vocabulary: Vocabulary, dtype: type = np.float16) -> None:
    """`folder` is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(folder / WEIGHTS, base, dtype)
    config = config_of(base.shape, vocabulary, np.dtype(dtype).name)
    replace_file(folder / CONFIG, lambda part: part.write_text(json.dumps(config, indent=2) + "\n"))
    tokenizer: Tokenizer = vocabulary.tokenizer
    replace_file(folder / TOKENIZER, lambda part: part.write_text(tokenizer.to_str()))
    about = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": CONTEXT, "clean_up_tokenization_spaces": False}
    replace_file(folder / "tokenizer_config.json", lambda part: part.write_text(json.dumps(about, indent=2) + "\n"))


def config_of(shape: CoderShape, vocabulary: Vocabulary, dtype: str) -> dict[str, object]:
    return {
        "architectures": ["Qwen2ForCausalLM"],
        "model_type": "qwen2",
        "hidden_size": shape.width,
        "intermediate_size": shape.feed_forward,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.groups,
        "head_dim": shape.head_size,
        "vocab_size": shape.tokens,
        "rms_norm_eps": shape.epsilon,
        "rope_theta": shape.rope_theta,
        "rope_parameters": {"rope_type": "default", "rope_theta": shape.rope_theta},
        "max_position_embeddings": CONTEXT,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "use_sliding_window": False,
        "bos_token_id": vocabulary.prefix,
        "eos_token_id": vocabulary.end,
        "torch_dtype": dtype,
    }
