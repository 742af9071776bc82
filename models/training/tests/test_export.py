import dataclasses
import json

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from coder.base_weights import made_up, read_gguf
from coder.errors import TrainingError
from coder.network import Coder
from export.gguf_file import write_gguf
from export.hugging_face import write_folder
from export.merge import merge
from export.peft_format import MASK, read_peft, write_peft
from tests.made_up import KEEP, SHAPE, base_tokenizer
from tests.test_coder import IDS, adapter, causal, logits


def test_what_goes_to_peft_comes_back(tmp_path):
    write_peft(tmp_path, adapter(), "some/base")
    back = read_peft(tmp_path)
    assert back.keys() == adapter().keys()
    for name, weight in adapter().items():
        torch.testing.assert_close(back[name], weight)


def test_peft_loads_it_and_computes_the_same(tmp_path):
    peft, transformers = pytest.importorskip("peft"), pytest.importorskip("transformers")
    vocabulary = MASK + 1
    config = transformers.Qwen2Config(
        vocab_size=vocabulary, hidden_size=SHAPE.width, intermediate_size=SHAPE.feed_forward, num_hidden_layers=SHAPE.layers, num_attention_heads=SHAPE.heads,
        num_key_value_heads=SHAPE.groups, rms_norm_eps=SHAPE.epsilon, rope_parameters={"rope_type": "default", "rope_theta": SHAPE.rope_theta}, tie_word_embeddings=False,
    )  # fmt: skip
    base = made_up(SHAPE)
    theirs = transformers.Qwen2ForCausalLM(config)
    with torch.no_grad():
        theirs.load_state_dict(
            {f"model.{name}": torch.from_numpy(weight) for name, weight in base.weights.items() if name != "embed_tokens.weight"}, strict=False
        )
        embedding = torch.from_numpy(base.weights["embed_tokens.weight"])
        theirs.model.embed_tokens.weight[: SHAPE.tokens] = embedding
        theirs.lm_head.weight[: SHAPE.tokens] = embedding
    write_peft(tmp_path, adapter(), "some/base")
    theirs = peft.PeftModel.from_pretrained(theirs, tmp_path).eval()
    ours = Coder(base, adapter=adapter(), dtype=torch.float32)
    place = 275  # of the mask in the kept tokens
    ids = IDS.clone()
    ids[0, 5] = place
    with torch.no_grad():
        expected = theirs(ids.masked_fill(ids == place, MASK)).logits.flatten(0, 1)[:, : SHAPE.tokens]
    torch.testing.assert_close(logits(ours, *causal(ids)), expected, atol=1e-4, rtol=1e-3)


@pytest.mark.parametrize(
    ("config", "weights", "said"),
    [
        ({"peft_type": "IA3"}, {}, "plain LoRA"),
        ({"use_dora": True}, {}, "plain LoRA"),
        ({}, {"base_model.model.lm_head.lora_A.weight": torch.ones(1, 1)}, "does not take"),
        ({"trainable_token_indices": {"embed_tokens": [5]}}, {}, "other than the mask"),
        ({}, {"base_model.model.model.layers.0.mlp.up_proj.lora_B.weight": None}, "half a pair"),
        ({"r": 0}, {}, "PEFT"),
    ],
)
def test_what_the_engine_cannot_merge_is_refused(tmp_path, config, weights, said):
    from safetensors.torch import load_file, save_file

    write_peft(tmp_path, adapter(), "some/base")
    file = tmp_path / "adapter_config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **config}))
    changed = {**load_file(tmp_path / "adapter_model.safetensors"), **weights}
    save_file({name: weight for name, weight in changed.items() if weight is not None}, tmp_path / "adapter_model.safetensors")
    with pytest.raises(TrainingError, match=said):
        read_peft(tmp_path)


def test_a_merged_model_answers_as_the_two_parts(tmp_path):
    place = 275
    merged = Coder(merge(made_up(SHAPE), adapter(), place), dtype=torch.float32)
    parts = Coder(made_up(SHAPE), adapter=adapter(), dtype=torch.float32)
    others = [token for token in range(SHAPE.tokens) if token != place]  # the head is tied to the embedding
    torch.testing.assert_close(logits(merged, *causal(IDS))[:, others], logits(parts, *causal(IDS))[:, others], atol=1e-4, rtol=1e-4)


def test_transformers_loads_the_folder(tmp_path):
    transformers = pytest.importorskip("transformers")
    model = merge(made_up(SHAPE), adapter(), 275)
    write_folder(tmp_path, model, json.dumps(base_tokenizer()), 272, 256, torch.bfloat16)
    theirs = transformers.AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32).eval()
    with torch.no_grad():
        expected = theirs(IDS).logits.flatten(0, 1)
    ours = logits(Coder(model, dtype=torch.float32), *causal(IDS))
    torch.testing.assert_close(ours, expected, atol=0.02, rtol=0.02)
    assert transformers.AutoTokenizer.from_pretrained(tmp_path)("def f").input_ids == list(b"def f")


def test_a_gguf_comes_back(tmp_path):
    gguf = pytest.importorskip("gguf")
    base = tmp_path / "base.gguf"
    writer = gguf.GGUFWriter(base, "qwen2")
    writer.add_block_count(SHAPE.layers)
    writer.add_embedding_length(SHAPE.width)
    writer.add_head_count(SHAPE.heads)
    writer.add_head_count_kv(SHAPE.groups)
    writer.add_feed_forward_length(SHAPE.feed_forward)
    writer.add_rope_freq_base(SHAPE.rope_theta)
    writer.add_layer_norm_rms_eps(SHAPE.epsilon)
    writer.add_token_list([f"t{token}" for token in KEEP])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    model = merge(made_up(SHAPE), adapter(), 275)
    write_gguf(tmp_path / "merged.gguf", model, base, "made up")
    back = read_gguf(tmp_path / "merged.gguf")
    assert back.shape == dataclasses.replace(SHAPE, epsilon=back.shape.epsilon)
    assert back.shape.epsilon == pytest.approx(SHAPE.epsilon)
    for name, weight in model.weights.items():
        np.testing.assert_allclose(back.weights[name], weight, atol=0.01 * np.abs(weight).max(), err_msg=name)
    fields = gguf.GGUFReader(tmp_path / "merged.gguf").fields
    assert len(fields["tokenizer.ggml.tokens"].data) == len(KEEP)
    with pytest.raises(TrainingError, match="all of them"):
        write_gguf(tmp_path / "few.gguf", made_up(type(SHAPE)(**{**vars(SHAPE), "tokens": 10})), base, "few")


@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_gguf_cut_short_is_refused(tmp_path, cut):
    pytest.importorskip("gguf")
    (tmp_path / "base.gguf").write_bytes(b"GGUF\x03\0\0\0"[:cut] + b"\x01" * max(0, cut - 8))
    with pytest.raises(TrainingError, match="GGUF"):
        read_gguf(tmp_path / "base.gguf", KEEP)
