"""An adapter as PEFT (https://github.com/huggingface/peft) loads it, and back.

PEFT adds lora_alpha / r · B A; ours adds SCALE · b a, so lora_alpha = SCALE · R. The mask's embedding is no LoRA: PEFT's `trainable_token_indices` holds it, by the base's own token id.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from coder.adapter import SCALE, Adapter, rank_of
from coder.errors import TrainingError
from coder.replace_file import replace_file

CONFIG, WEIGHTS = "adapter_config.json", "adapter_model.safetensors"
MASK = 151662
EMBEDDING = "base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta"
PAIR = re.compile(r"^base_model\.model\.model\.(layers\.\d+\.(?:self_attn|mlp)\.\w+_proj)\.lora_([AB])\.weight$")


def write_peft(folder: Path, adapter: Adapter, base_model: str) -> None:
    """`base_model`: the name of the base on the Hugging Face Hub. Raises TrainingError where the folder cannot be written."""
    rank = rank_of(adapter)
    pairs = sorted({name[:-2] for name in adapter if name.endswith((".a", ".b"))})
    weights = {
        f"base_model.model.model.{pair}.lora_{theirs}.weight": adapter[f"{pair}.{ours}"].float().contiguous()
        for pair in pairs
        for ours, theirs in (("a", "A"), ("b", "B"))
    }
    config = {
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": base_model, "inference_mode": True, "bias": "none",
        "r": rank, "lora_alpha": SCALE * rank, "lora_dropout": 0.0, "target_modules": sorted({pair.rsplit(".", 1)[1] for pair in pairs}), "fan_in_fan_out": False,
    }  # fmt: skip
    if "mask_embedding" in adapter:
        weights[EMBEDDING] = adapter["mask_embedding"].float()[None].contiguous()
        config["trainable_token_indices"] = {"embed_tokens": [MASK]}
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / WEIGHTS, lambda part: save_file(weights, part, metadata={"format": "pt"}))
    replace_file(folder / CONFIG, lambda part: part.write_text(json.dumps(config, indent=2)))


def read_peft(folder: Path) -> Adapter:
    """What PEFT trained, as ours. Raises TrainingError for what the engine cannot merge: other kinds of adapters, DoRA, biases, modules beside the seven matrices."""
    try:
        config = json.loads((folder / CONFIG).read_text())
        weights = load_file(folder / WEIGHTS)
        scale = config["lora_alpha"] / (math.sqrt(config["r"]) if config.get("use_rslora") else config["r"])
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError, SafetensorError) as error:
        raise TrainingError(f"{folder} is not what PEFT saves ({error!r})") from error
    if (
        config.get("peft_type") != "LORA"
        or config.get("use_dora")
        or config.get("bias", "none") != "none"
        or config.get("rank_pattern")
        or config.get("alpha_pattern")
    ):
        raise TrainingError(f"{folder} is not a plain LoRA, and nothing else can be merged by the engine")
    adapter: Adapter = {}
    for name, weight in weights.items():
        match = PAIR.match(name)
        if match:
            a = match[2] == "A"
            adapter[f"{match[1]}.{'a' if a else 'b'}"] = weight.float() if a else weight.float() * (scale / SCALE)
        elif name == EMBEDDING:
            indices = config.get("trainable_token_indices")
            if (indices.get("embed_tokens") if isinstance(indices, dict) else indices) != [MASK]:
                raise TrainingError(f"{folder} has embeddings of its own for tokens other than the mask ({MASK}), which the engine does not take")
            adapter["mask_embedding"] = weight[0].float()
        else:
            raise TrainingError(f"{folder} adapts {name}, which the engine does not take")
    if not adapter or any(f"{name[:-1]}{'b' if name.endswith('a') else 'a'}" not in adapter for name in adapter if name != "mask_embedding"):
        raise TrainingError(f"{folder} has half a pair of matrices")
    return adapter
