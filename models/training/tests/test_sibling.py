import dataclasses
import json
from collections import Counter

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from canvas.draft_blocks import DraftLayout
from canvas.kept_tokens import BYTES, SPECIAL, closed, kept_tokenizer
from coder.adapter import new_adapter
from coder.errors import TrainingError
from coder.network import Coder
from coder.shape import CoderShape
from export.hugging_face import write_folder, write_weights
from export.merge import merged, with_mask_row
from sibling.choice import healed_save
from sibling.heal import TIED, Healing, healed
from sibling.importance import angle, layer_angles, layers_to_keep
from sibling.manifest import write_manifest
from sibling.prune import prune
from sibling.read_weights import read_weights
from sibling.settings import HealSettings
from sibling.sizes import LIMIT_BYTES, file_bytes, most_layers, weights_bytes
from sibling.vocabulary import commonest
from sibling.write_gguf import tokens_and_merges, write_gguf
from tuning.inputs import sha256
from tuning.loop import LoopRun, train_loop
from tuning.saves import write_save

from . import drafter_made_up as tiny
from .sibling_made_up import base_made_up, base_tokenizer_made_up, shape_made_up, vocabulary_made_up

CODER = CoderShape(layers=24, width=896, heads=14, groups=2, head_size=64, feed_forward=4864, tokens=38296)


@pytest.mark.parametrize("tokens", [8_000, 16_000, 20_000, 24_000])
def test_as_many_layers_are_kept_as_the_limit_allows(tokens):
    shape = dataclasses.replace(CODER, tokens=tokens)
    most = most_layers(shape)
    assert file_bytes(dataclasses.replace(shape, layers=most)) <= LIMIT_BYTES < file_bytes(dataclasses.replace(shape, layers=most + 1))


def test_a_vocabulary_that_leaves_no_room_says_so():
    with pytest.raises(TrainingError, match="keep fewer"):
        most_layers(dataclasses.replace(CODER, tokens=151_936))


@pytest.mark.parametrize("size", [278, 280, 283, 285, 400])
def test_the_commonest_tokens_stay_closed_and_within_the_size(size):
    base = base_tokenizer_made_up()
    word = base["model"]["vocab"]
    seen = Counter({word["return"]: 9, word["self"]: 5, word["int"]: 5, word["def"]: 1})
    keep = commonest(seen, base, size)
    assert len(keep) <= size
    assert keep == sorted(set(keep)) == closed(set(keep), base)
    assert {*BYTES, *SPECIAL} <= set(keep)
    assert keep == commonest(Counter(dict(reversed(seen.items()))), base, size), "the order of counting does not matter"
    assert (word["return"] in keep) == (size >= 283), "return needs re, ret, ur and urn"
    assert kept_tokenizer(base, keep).decode(kept_tokenizer(base, keep).encode("return self").ids) == "return self"


def test_a_size_below_the_bytes_says_so():
    with pytest.raises(TrainingError, match="no room"):
        commonest(Counter(), base_tokenizer_made_up(), 200)


def test_angles_are_those_of_the_plane():
    one = torch.tensor([[1.0, 0], [1, 0], [1, 0]])
    assert angle(one, torch.tensor([[2.0, 0], [0, 3], [-1, 0]])).tolist() == pytest.approx([0, 0.5, 1], abs=1e-3)


def test_layers_are_chosen_by_their_angle_and_ties_by_their_place():
    assert layers_to_keep([0.0, 0.3, 0.1, 0.3, 0.2, 0.0], 4) == [0, 1, 3, 5]
    assert layers_to_keep([0.0, 0.2, 0.2, 0.2, 0.0], 3) == [0, 1, 4]
    assert layers_to_keep([0.1, 0.3, 0.2], 1) == [1]
    assert layers_to_keep([0.1, 0.3, 0.2], 3) == [0, 1, 2]


def test_a_layer_that_does_nothing_has_no_angle_and_measuring_again_says_the_same():
    base = tiny.base_made_up()
    idle = {
        name: np.zeros_like(weight) for name, weight in base.weights.items() if name in ("layers.2.self_attn.o_proj.weight", "layers.2.mlp.down_proj.weight")
    }
    coder = Coder(dataclasses.replace(base, weights={**base.weights, **idle}), dtype=torch.float32)
    batches = [tiny.batch_made_up(0, DraftLayout(((4, 2),)))]
    angles = layer_angles(coder, batches, tiny.MASK)
    assert angles[2] == pytest.approx(0, abs=1e-3)
    assert min(angles[0], angles[1], angles[3]) > 0.01
    assert angles == layer_angles(coder, batches, tiny.MASK)
    assert layers_to_keep(angles, 3) == [0, 1, 3]


def test_a_merged_and_unpruned_coder_computes_what_the_adapted_one_does():
    base, batch = tiny.base_made_up(), tiny.batch_made_up(0, DraftLayout(((4, 2),)))
    adapter = new_adapter(base.shape, 4, torch.randn(32))
    adapter = {name: torch.randn_like(weight) * 0.1 if name.endswith(".b") else weight for name, weight in adapter.items()}
    inputs = [torch.from_numpy(x) for x in (batch.ids, batch.positions, batch.anchor, batch.block)]
    wanted = Coder(base, adapter=adapter, dtype=torch.float32).hidden(*inputs, tiny.MASK)[0]
    ours = Coder(with_mask_row(merged(base, adapter), tiny.MASK, adapter["mask_embedding"].numpy()), dtype=torch.float32).hidden(*inputs, TIED)[0]
    torch.testing.assert_close(ours, wanted, atol=1e-4, rtol=1e-4)


def test_pruned_layers_and_tokens_are_those_chosen():
    base = base_made_up(300)
    pruned = prune(base, [0, 3, 5], [1, 4, 7])
    assert (pruned.shape.layers, pruned.shape.tokens) == (3, 3)
    assert np.array_equal(pruned.weights["layers.1.mlp.up_proj.weight"], base.weights["layers.3.mlp.up_proj.weight"])
    assert np.array_equal(pruned.weights["embed_tokens.weight"], base.weights["embed_tokens.weight"][[1, 4, 7]])
    assert len(pruned.weights) == 2 + 3 * 12


def healing(layers, settings):
    base = tiny.base_made_up()
    teacher, student = Coder(base, dtype=torch.float32), Coder(prune(base, layers, list(range(50))), tuned=True, dtype=torch.float32)
    return Healing(teacher, student, layers, settings, tiny.MASK, tiny.END, [tiny.batch_made_up(9, settings.plan.layout)])


def test_a_sibling_of_all_layers_has_nothing_to_learn_and_one_of_fewer_has():
    settings = HealSettings(masks=4, blocks=2, align=1.0, hard=0.0)
    batch = tiny.batch_made_up(0)  # without masks, whose embeddings differ
    assert healing([0, 1, 2, 3], settings).loss(batch, None)[0].item() == pytest.approx(0, abs=1e-3)
    assert healing([0, 3], settings).loss(batch, None)[0].item() > 0.01


def test_healing_brings_the_sibling_closer_and_its_save_can_be_read(tmp_path):
    settings = HealSettings(steps=40, masks=4, blocks=2, learning_rate=3e-3, warm_steps=2, log_steps=1)
    learner = healing([0, 1, 3], settings)
    source = lambda place: ((place, tiny.batch_made_up(at % 3, settings.plan.layout)) for at in range(1000))
    save = train_loop(LoopRun(settings, lambda: learner, source, tmp_path, {}), say=lambda _: None, bar=False)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    kl = [entry["kl"] for entry in log if "kl" in entry]
    assert kl[-1] < 0.7 * kl[0]
    assert {"next", "draft1"} <= set(log[-1]["judged"])
    again = read_weights(save.folder / Healing.file, learner.student.shape)
    ours = healed(learner.student)
    assert again.weights.keys() == ours.weights.keys()
    assert all(np.allclose(again.weights[name], weight, atol=1e-2) for name, weight in ours.weights.items())
    with pytest.raises(TrainingError, match="another sibling's"):
        read_weights(save.folder / Healing.file, dataclasses.replace(learner.student.shape, layers=2))


def test_weights_cut_short_say_so(tmp_path):
    base = base_made_up(300, layers=1)
    write_weights(tmp_path / "w.safetensors", base)
    (tmp_path / "w.safetensors").write_bytes((tmp_path / "w.safetensors").read_bytes()[:-50])
    with pytest.raises(TrainingError, match="cannot be read"):
        read_weights(tmp_path / "w.safetensors", base.shape)


def test_the_folder_loads_in_transformers_with_the_same_logits_and_tokens(tmp_path):
    transformers = pytest.importorskip("transformers")
    vocabulary = vocabulary_made_up()
    base = base_made_up(len(vocabulary.keep))
    write_folder(tmp_path, base, vocabulary.tokenizer.to_str(), vocabulary.prefix, vocabulary.end, torch.float32)
    theirs = transformers.AutoModelForCausalLM.from_pretrained(tmp_path, dtype=torch.float32)
    tokens = transformers.AutoTokenizer.from_pretrained(tmp_path)
    text = "def return_self(int x): return self"
    ids = vocabulary.encode(text)
    assert tokens(text)["input_ids"] == ids
    assert tokens.decode(ids) == text
    row = torch.arange(len(ids))[None]
    x, _ = Coder(base, dtype=torch.float32).hidden(torch.tensor([ids]), row, row, torch.zeros_like(row), TIED)
    with torch.no_grad():
        wanted = theirs(torch.tensor([ids])).logits[0]
    torch.testing.assert_close(Coder(base, dtype=torch.float32).logits(x), wanted, atol=1e-4, rtol=1e-4)


def test_the_gguf_gives_back_weights_tokens_and_merges(tmp_path):
    gguf = pytest.importorskip("gguf")
    from coder.base_weights import read_gguf

    vocabulary = vocabulary_made_up()
    base = base_made_up(len(vocabulary.keep), layers=2)
    file = tmp_path / "s.gguf"
    write_gguf(file, base, vocabulary, "sibling")
    assert 0 <= file.stat().st_size - weights_bytes(base.shape) < 65536 + 48 * len(vocabulary.keep)
    again = read_gguf(file, list(range(len(vocabulary.keep))))
    assert dataclasses.replace(again.shape, epsilon=base.shape.epsilon) == base.shape
    assert again.shape.epsilon == pytest.approx(base.shape.epsilon)
    for name, weight in base.weights.items():
        assert np.allclose(again.weights[name], weight, atol=np.abs(weight).max() / 200), name
    fields = gguf.GGUFReader(file).fields
    tokens, merges = tokens_and_merges(vocabulary)
    assert fields["tokenizer.ggml.tokens"].contents() == tokens
    assert fields["tokenizer.ggml.merges"].contents() == merges
    types = fields["tokenizer.ggml.token_type"].contents()
    assert [i for i, kind in enumerate(types) if kind != 1] == [i for i, token in enumerate(vocabulary.keep) if token in SPECIAL]


def test_the_manifest_names_the_file_and_the_new_ids(tmp_path):
    vocabulary = vocabulary_made_up()
    (tmp_path / "s.gguf").write_bytes(b"weights")
    write_manifest(tmp_path / "manifest.json", tmp_path / "s.gguf", vocabulary, "sibling")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["base"]["bytes"] == 7
    assert "adapter" not in manifest and "vocabulary" not in manifest
    assert vocabulary.keep[manifest["specialTokens"]["mask"]] == 151662


def test_sizes_follow_the_shape():
    shape = shape_made_up(320)
    one = weights_bytes(dataclasses.replace(shape, layers=1))
    assert weights_bytes(dataclasses.replace(shape, layers=3)) - one == 2 * (weights_bytes(dataclasses.replace(shape, layers=2)) - one)


def test_weights_of_another_choice_are_not_exported(tmp_path):
    choice = tmp_path / "choice.json"
    choice.write_text("{}")
    assert healed_save(tmp_path, choice) is None
    save = write_save(tmp_path, "w", lambda file: file.write_text("w"), {}, {"step": 3, "identity": {"choice": sha256(choice)}})
    assert healed_save(tmp_path, choice) == save
    choice.write_text('{"layers": [0]}')
    with pytest.raises(TrainingError, match="another choice"):
        healed_save(tmp_path, choice)
