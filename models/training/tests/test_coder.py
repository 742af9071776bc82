import dataclasses
import random

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from coder.adapter import SCALE, new_adapter, read_adapter, write_adapter
from coder.attention import _attend_fused, _attend_in_products, bias_of, visible
from coder.base_weights import made_up
from coder.errors import TrainingError
from coder.network import Coder
from coder.rounding import product_in_steps, round_rows, round_weights, rows_in_steps, weights_in_steps
from tests.made_up import SHAPE

MASK = 275


def adapter(seed=1):
    made = new_adapter(SHAPE, 4, torch.zeros(SHAPE.width), seed)
    draw = torch.Generator().manual_seed(seed)
    return {name: torch.randn(weight.shape, generator=draw) * 0.1 for name, weight in made.items()}


def causal(ids):
    at = torch.arange(ids.shape[1]).expand_as(ids)
    return ids, at, at, torch.zeros_like(ids)


def logits(coder, *arrays):
    with torch.no_grad():
        return coder.logits(coder.hidden(*arrays, MASK)[0])


IDS = torch.arange(3, 27).view(2, 12)


def test_the_coder_is_transformers_qwen2():
    transformers = pytest.importorskip("transformers")
    base = made_up(dataclasses.replace(SHAPE, rope_theta=1e4), seed=2)
    config = transformers.Qwen2Config(
        vocab_size=SHAPE.tokens, hidden_size=SHAPE.width, intermediate_size=SHAPE.feed_forward, num_hidden_layers=SHAPE.layers, num_attention_heads=SHAPE.heads,
        num_key_value_heads=SHAPE.groups, rms_norm_eps=SHAPE.epsilon, rope_parameters={"rope_type": "default", "rope_theta": 1e4}, tie_word_embeddings=True,
    )  # fmt: skip
    theirs = transformers.Qwen2ForCausalLM(config).eval()
    theirs.load_state_dict({f"model.{name}": torch.from_numpy(weight) for name, weight in base.weights.items()}, strict=False)
    with torch.no_grad():
        expected = theirs(IDS).logits.flatten(0, 1)
    torch.testing.assert_close(logits(Coder(base, dtype=torch.float32), *causal(IDS)), expected, atol=1e-5, rtol=1e-4)


def test_an_adapter_beside_the_base_is_one_merged_into_it():
    beside = Coder(made_up(SHAPE), adapter=adapter(), dtype=torch.float32)
    merged = Coder(made_up(SHAPE), adapter=adapter(), frozen=SHAPE.layers, dtype=torch.float32)
    torch.testing.assert_close(logits(beside, *causal(IDS)), logits(merged, *causal(IDS)), atol=1e-4, rtol=1e-4)
    assert not merged.adapter_parameters
    bare = Coder(made_up(SHAPE), dtype=torch.float32)
    with beside.bare():
        torch.testing.assert_close(logits(beside, *causal(IDS)), logits(bare, *causal(IDS)))
    assert not torch.allclose(logits(beside, *causal(IDS)), logits(bare, *causal(IDS)), atol=1e-3)


def test_frozen_layers_and_the_mask_below_them_learn_nothing():
    coder = Coder(made_up(SHAPE), adapter=adapter(), frozen=1)
    assert {name.split(".")[1] for name in coder.adapter_parameters} == {"1"}
    coder.hidden(*causal(IDS), MASK)[0].float().sum().backward()
    assert all(weight.grad is not None for weight in coder.adapter_parameters.values())


def test_checkpoints_change_no_gradient():
    gradients = []
    for checkpoints in (False, True):
        coder = Coder(made_up(SHAPE), adapter=adapter(), checkpoints=checkpoints, dtype=torch.float32)
        coder.hidden(*causal(IDS), MASK)[0].square().sum().backward()
        gradients.append({name: weight.grad for name, weight in coder.adapter_parameters.items() if weight.grad is not None})
    assert gradients[0].keys() == gradients[1].keys()
    for name, gradient in gradients[0].items():
        torch.testing.assert_close(gradient, gradients[1][name])


def test_a_clean_row_sees_no_later_token_and_no_block():
    coder, ids = Coder(made_up(SHAPE), dtype=torch.float32), IDS[:1]
    before = logits(coder, *causal(ids))
    changed = ids.clone()
    changed[0, 7] = 99
    after = logits(coder, *causal(changed))
    torch.testing.assert_close(before[:7], after[:7])
    assert not torch.allclose(before[7:], after[7:])


def test_a_block_sees_the_text_to_its_anchor_and_itself():
    """Masks anchored at 4: what comes later in the text changes nothing; another cell of the block does."""
    coder = Coder(made_up(SHAPE), adapter=adapter(), dtype=torch.float32)
    ids = torch.cat([IDS[:1], torch.tensor([[MASK, MASK, MASK]])], 1)
    positions = torch.cat([torch.arange(12), torch.tensor([5, 6, 7])])[None]
    anchor = torch.cat([torch.arange(12), torch.full((3,), 4)])[None]
    block = torch.cat([torch.zeros(12, dtype=torch.long), torch.ones(3, dtype=torch.long)])[None]
    before = logits(coder, ids, positions, anchor, block)[12:]
    later, earlier, cell = ids.clone(), ids.clone(), ids.clone()
    later[0, 6], earlier[0, 3], cell[0, 14] = 99, 99, 42
    torch.testing.assert_close(logits(coder, later, positions, anchor, block)[12:], before)
    assert not torch.allclose(logits(coder, earlier, positions, anchor, block)[12:], before)
    assert not torch.allclose(logits(coder, cell, positions, anchor, block)[12:14], before[:2])


def test_both_attentions_give_the_same():
    n, t = 3, 7
    draw = torch.Generator().manual_seed(0)
    q, k, v = (torch.randn(n * t, heads, 8, generator=draw) for heads in (4, 2, 2))
    at = torch.arange(t).expand(n, t)
    bias = bias_of(visible(at, torch.zeros(n, t, dtype=torch.long)), torch.float32)
    torch.testing.assert_close(_attend_in_products(q, k, v, bias), _attend_fused(q, k, v, bias), atol=1e-5, rtol=1e-5)


def test_weights_round_as_the_products_own_code_does():
    """quantizeByOutput of src/model/quantize.ts, written out once more."""
    rows = np.random.default_rng(0).standard_normal((5, 40)).astype(np.float32)
    rows[2] = 0
    expected = np.zeros_like(rows)
    for row, out in zip(rows, expected, strict=True):
        largest = max(abs(float(w)) for w in row)
        for i, w in enumerate(row):
            step = float(w) / (largest / 127) if largest else 0.0
            out[i] = (int(step - 0.5) if step < 0 else int(step + 0.5)) * largest / 127
    np.testing.assert_allclose(round_weights(torch.from_numpy(rows)).numpy(), expected, atol=1e-5)


def test_rounded_rows_are_near_and_let_the_gradient_through():
    rows = torch.randn(6, 32, generator=torch.Generator().manual_seed(0), requires_grad=True)
    rounded = round_rows(rows)
    step = rows.detach().abs().amax(-1, keepdim=True) / 127
    assert bool(((rounded - rows).detach().abs() <= step / 2 + 1e-6).all())
    rounded.sum().backward()
    torch.testing.assert_close(rows.grad, torch.ones_like(rows))


def test_a_rounded_coder_differs_little_and_its_adapter_learns():
    exact = Coder(made_up(SHAPE), adapter=adapter(), dtype=torch.float32)
    rounded = Coder(made_up(SHAPE), adapter=adapter(), rounded=True, dtype=torch.float32)
    near, far = logits(exact, *causal(IDS)), logits(rounded, *causal(IDS))
    assert 0 < (near - far).abs().max() < 0.1 * near.abs().max()
    rounded.hidden(*causal(IDS), MASK)[0].square().sum().backward()
    assert float(rounded.adapter_parameters["layers.0.mlp.up_proj.a"].grad.abs().max()) > 0


def test_an_adapter_comes_back_from_its_file(tmp_path):
    write_adapter(tmp_path / "adapter.safetensors", adapter(), step="7")
    back = read_adapter(tmp_path / "adapter.safetensors")
    assert back.keys() == adapter().keys()
    for name, weight in adapter().items():
        torch.testing.assert_close(back[name], weight, atol=1e-3, rtol=1e-3)


def test_another_scale_is_taken_into_b(tmp_path):
    from safetensors.torch import save_file

    save_file({"layers.0.mlp.up_proj.a": torch.ones(1, 2), "layers.0.mlp.up_proj.b": torch.ones(3, 1)}, tmp_path / "a", metadata={"scale": str(2 * SCALE)})
    assert read_adapter(tmp_path / "a")["layers.0.mlp.up_proj.b"].tolist() == [[2.0]] * 3


@pytest.mark.parametrize("damage", ["cut", "text", "missing", "no scale"])
def test_a_damaged_adapter_is_refused(tmp_path, damage):
    file = tmp_path / "adapter.safetensors"
    if damage == "cut":
        write_adapter(file, adapter())
        file.write_bytes(file.read_bytes()[: random.Random(0).randrange(20, 900)])
    elif damage == "text":
        file.write_text("not a safetensors file")
    elif damage == "no scale":
        from safetensors.torch import save_file

        save_file({"layers.0.mlp.up_proj.a": torch.ones(1, 2)}, file)
    with pytest.raises(TrainingError, match="adapter"):
        read_adapter(file)


def test_whole_numbers_give_what_rounded_floats_give():
    draw = torch.Generator().manual_seed(3)
    rows, weights = torch.randn(5, 32, generator=draw), torch.randn(7, 32, generator=draw)
    rows[1], weights[2] = 0, 0
    exact = round_rows(rows) @ round_weights(weights).T
    torch.testing.assert_close(product_in_steps(rows_in_steps(rows), weights_in_steps(weights)), exact, atol=1e-4, rtol=1e-4)


def test_what_goes_in_is_the_coarse_matrix_where_a_file_has_one_and_the_head_is_not():
    base = made_up(SHAPE)
    ids = torch.arange(6)[None]
    logits = lambda weights: (coder := Coder(weights, dtype=torch.float32)).logits(coder.hidden(ids, ids, ids, torch.zeros_like(ids), 99)[0])
    coarse = np.roll(base.weights["embed_tokens.weight"], 1, 0)
    other = logits(dataclasses.replace(base, coarse=coarse))
    assert not torch.allclose(logits(base), other)
    rolled = dataclasses.replace(base, weights={**base.weights, "embed_tokens.weight": coarse})
    wanted, head = Coder(rolled, dtype=torch.float32), Coder(base, dtype=torch.float32)
    torch.testing.assert_close(head.logits(wanted.hidden(ids, ids, ids, torch.zeros_like(ids), 99)[0]), other)
