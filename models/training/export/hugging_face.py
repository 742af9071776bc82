"""A Hugging Face folder that `transformers` loads as Qwen2ForCausalLM: config.json, model.safetensors, tokenizer.json."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from coder.base_weights import BaseWeights
from coder.replace_file import replace_file
from coder.shape import CoderShape

WEIGHTS, CONFIG, TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"
CONTEXT = 32768


def write_weights(file: Path, model: BaseWeights, dtype: torch.dtype = torch.float16) -> None:
    """By Hugging Face's names."""
    named = {f"model.{name}": torch.from_numpy(weight).to(dtype).contiguous() for name, weight in model.weights.items()}
    replace_file(file, lambda part: save_file(named, part, metadata={"format": "pt"}))


def write_folder(folder: Path, model: BaseWeights, tokenizer: str, begin: int, end: int, dtype: torch.dtype = torch.float16) -> None:
    """`folder` is made where there is none. `tokenizer`: tokenizer.json; `begin`, `end`: its ids of the first token and the last. Raises TrainingError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(folder / WEIGHTS, model, dtype)
    about = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": CONTEXT, "clean_up_tokenization_spaces": False}
    config = config_of(model.shape, begin, end, dtype)
    for name, text in ((CONFIG, _json(config)), (TOKENIZER, tokenizer), ("tokenizer_config.json", _json(about))):
        replace_file(folder / name, lambda part, text=text: part.write_text(text))


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, indent=2) + "\n"


def config_of(shape: CoderShape, begin: int, end: int, dtype: torch.dtype) -> dict[str, object]:
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
        "bos_token_id": begin,
        "eos_token_id": end,
        "torch_dtype": str(dtype).removeprefix("torch."),
    }
