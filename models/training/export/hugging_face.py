from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

from coder.base_weights import BaseWeights
from coder.replace_file import replace_file


def write_hugging_face(folder: Path, model: BaseWeights, tokenizer: str, end: int) -> None:
    """A folder that `transformers` loads as Qwen2ForCausalLM, in bf16. `tokenizer`: tokenizer.json. Raises TrainingError where the folder cannot be written."""
    s = model.shape
    config = {
        "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_size": s.width, "intermediate_size": s.feed_forward, "num_hidden_layers": s.layers,
        "num_attention_heads": s.heads, "num_key_value_heads": s.groups, "vocab_size": s.tokens, "rms_norm_eps": s.epsilon, "rope_theta": s.rope_theta, "hidden_act": "silu",
        "max_position_embeddings": 32768, "tie_word_embeddings": True, "use_sliding_window": False, "eos_token_id": end, "torch_dtype": "bfloat16",
    }  # fmt: skip
    weights = {f"model.{name}": torch.from_numpy(weight).to(torch.bfloat16) for name, weight in model.weights.items()}
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / "model.safetensors", lambda part: save_file(weights, part, metadata={"format": "pt"}))
    replace_file(folder / "config.json", lambda part: part.write_text(json.dumps(config, indent=2)))
    replace_file(folder / "tokenizer.json", lambda part: part.write_text(tokenizer))
    replace_file(
        folder / "tokenizer_config.json", lambda part: part.write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 32768}))
    )
