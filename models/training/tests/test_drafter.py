from random import Random

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from canvas.draft_blocks import DraftLayout
from coder.errors import TrainingError
from drafter.blocks import canvases_of, draw_blocks
from drafter.drafter_file import read_drafter, write_drafter
from drafter.head_loss import HeadLoss
from drafter.losses import cells_of, draft_loss, read
from drafter.network import Drafter, DrafterShape
from drafter.settings import DrafterSettings

from .drafter_made_up import MASK, TAPS, batch_made_up, coder_made_up, drafter_made_up

ANCHORS = torch.tensor([[9, 14], [3, 20], [5, 6]])


def drafted(drafter, coder, features, ids):
    masked = torch.ones_like(ids, dtype=torch.bool)
    masked[..., 0] = False
    return drafter(ids, masked, ANCHORS, features, coder.head).detach()


@pytest.fixture
def made_up():
    coder = coder_made_up()
    drafter = drafter_made_up(coder)
    seen = read(coder, batch_made_up(0), MASK, TAPS)
    return coder, drafter, drafter.features(seen.tapped), cells_of(seen.ids, ANCHORS, 6)


def test_a_block_sees_no_feature_beyond_its_anchor(made_up):
    coder, drafter, features, ids = made_up
    before = drafted(drafter, coder, features, ids)
    for canvas, block in np.ndindex(3, 2):
        anchor = int(ANCHORS[canvas, block])
        later, at = features.clone().view(3, -1, 32), features.clone().view(3, -1, 32)
        later[canvas, anchor + 1 :] += 1
        at[canvas, anchor] += 1
        assert torch.equal(drafted(drafter, coder, later.flatten(0, 1), ids)[canvas, block], before[canvas, block])
        assert not torch.allclose(drafted(drafter, coder, at.flatten(0, 1), ids)[canvas, block], before[canvas, block])


def test_a_block_sees_no_other_block_nor_what_its_masks_hide(made_up):
    coder, drafter, features, ids = made_up
    before = drafted(drafter, coder, features, ids)
    hidden, other, known = ids.clone(), ids.clone(), ids.clone()
    hidden[..., 1:] = 7
    other[:, 1] = 7
    known[:, 0, 0] = 7
    assert torch.equal(drafted(drafter, coder, features, hidden), before)
    assert torch.equal(drafted(drafter, coder, features, other)[:, 0], before[:, 0])
    assert not torch.allclose(drafted(drafter, coder, features, known)[:, 0, 1:], before[:, 0, 1:])


def test_a_revealed_cell_speaks_to_the_masks_on_both_sides(made_up):
    coder, drafter, features, ids = made_up
    masked = torch.ones_like(ids, dtype=torch.bool)
    masked[..., 0] = masked[..., 3] = False
    changed = ids.clone()
    changed[..., 3] = (ids[..., 3] + 1) % 50
    one, two = (drafter(x, masked, ANCHORS, features, coder.head) for x in (ids, changed))
    assert not torch.allclose(one[..., 1, :], two[..., 1, :])
    assert not torch.allclose(one[..., 5, :], two[..., 5, :])


@pytest.mark.parametrize("size", [2, 3, 8, 16])
@pytest.mark.parametrize("seed", range(5))
def test_of_every_block_one_cell_stays_a_mask(size, seed):
    batch = batch_made_up(seed)
    blocks = draw_blocks(batch, 40, size, 1.0, Random(seed))
    assert blocks.revealed.sum(-1).max() <= size - 2
    assert not blocks.revealed[..., 0].any(), "the known token is no cell that is revealed"
    assert not (blocks.revealed & ~blocks.inside).any()
    assert blocks.inside[..., :2].all(), "each block has something to learn"
    assert (size > 2) == bool(blocks.revealed.any())


def test_canvases_are_as_long_as_their_tokens():
    assert [canvas.length for canvas in canvases_of(batch_made_up(0))] == [30, 29, 28]
    assert [canvas.length for canvas in canvases_of(batch_made_up(0, DraftLayout(((4, 2),))))] == [30, 29, 28]


def test_the_loss_in_chunks_is_the_loss(monkeypatch):
    monkeypatch.setattr("drafter.head_loss.CHUNK", 4)
    torch.manual_seed(0)
    x, head, teacher = torch.randn(11, 8, requires_grad=True), torch.randn(20, 8), torch.randn(5, 20)
    target, of_teacher, hard, soft = torch.randint(20, (11,)), torch.randint(5, (11,)), torch.rand(11), torch.rand(11)
    logits = torch.nn.functional.linear(x, head)
    log_q = teacher.log_softmax(-1)[of_teacher]
    cross_entropy = torch.nn.functional.cross_entropy(logits, target, reduction="none")
    kl = torch.nn.functional.kl_div(logits.log_softmax(-1), log_q, log_target=True, reduction="none").sum(-1)
    plain = (hard * cross_entropy + soft * kl).sum()
    (wanted,) = torch.autograd.grad(plain, x)
    loss, ours, our_kl = HeadLoss.apply(x, head, target, teacher, of_teacher, hard, soft)
    torch.testing.assert_close(loss, plain)
    torch.testing.assert_close(ours, cross_entropy)
    torch.testing.assert_close(our_kl, kl)
    torch.testing.assert_close(torch.autograd.grad(loss, x)[0], wanted)


def test_a_mask_learns_from_the_row_that_speaks_for_its_token():
    """Where the drafter's last rows are replaced by the coder's own of the right place, nothing is left to learn."""
    coder = coder_made_up()
    drafter = drafter_made_up(coder)
    batch = batch_made_up(1)
    seen = read(coder, batch, MASK, TAPS)
    blocks = draw_blocks(batch, 5, 6, 0.0, Random(0))
    anchor = torch.from_numpy(blocks.anchor)
    row = anchor[..., None] + torch.arange(6)
    right = seen.last.view(3, -1, 32)[torch.arange(3)[:, None, None], row.clamp(max=31)]
    drafter.forward = lambda *_: right
    assert draft_loss(coder, drafter, seen, blocks, 0.0, 1.0)[0].item() == pytest.approx(0, abs=1e-6)
    drafter.forward = lambda *_: right.roll(1, 2)
    assert draft_loss(coder, drafter, seen, blocks, 0.0, 1.0)[0].item() > 0.01


def test_blocks_with_revealed_cells_learn_from_the_text_alone():
    coder = coder_made_up()
    drafter = drafter_made_up(coder)
    batch = batch_made_up(1)
    seen = read(coder, batch, MASK, TAPS)
    blocks = draw_blocks(batch, 8, 6, 1.0, Random(0))
    whole = blocks.revealed.any(-1)
    only = type(blocks)(blocks.anchor, blocks.inside & whole[..., None], blocks.revealed)
    hard = draft_loss(coder, drafter, seen, only, 0.0, 1.0)[0]
    assert hard.item() == pytest.approx(draft_loss(coder, drafter, seen, only, 1.0, 0.0)[0].item())


def test_a_drafter_comes_back_from_its_file(tmp_path):
    coder = coder_made_up()
    drafter = drafter_made_up(coder)
    with torch.no_grad():
        for weight in drafter.parameters():
            weight.add_(torch.randn_like(weight) * 0.1).copy_(weight.half())
    write_drafter(tmp_path / "d.safetensors", drafter)
    again = read_drafter(tmp_path / "d.safetensors", coder)
    assert again.shape == drafter.shape
    assert all(torch.equal(a, b) for a, b in zip(drafter.parameters(), again.parameters(), strict=True))


@pytest.mark.parametrize("damage", ["cut", "other", "missing"])
def test_a_file_that_is_no_drafter_says_so(tmp_path, damage):
    coder, file = coder_made_up(), tmp_path / "d.safetensors"
    write_drafter(file, drafter_made_up(coder))
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-100])
    elif damage == "other":
        from safetensors.torch import save_file

        save_file({"mask": torch.zeros(32)}, file)
    else:
        file.unlink()
    with pytest.raises(TrainingError, match="cannot be read as a drafter"):
        read_drafter(file, coder)


@pytest.mark.parametrize("shape", [DrafterShape(taps=(0, 9)), DrafterShape(layers=4, taps=(0,)), DrafterShape(block=1, taps=(0,)), DrafterShape(taps=())])
def test_a_shape_that_does_not_fit_the_coder_says_so(shape):
    with pytest.raises(TrainingError):
        Drafter(coder_made_up(), shape)


@pytest.mark.parametrize("change", ["tokenz = 3", 'minutes = "3"', "minutes = 0", "layers = 2.5", 'taps = ["a"]', "= 3"])
def test_a_recipe_with_a_mistake_says_so(tmp_path, change):
    (tmp_path / "r.toml").write_text("minutes = 3\n")
    assert DrafterSettings.read(tmp_path / "r.toml", ["taps = [1, 2]"]).taps == (1, 2)
    with pytest.raises(TrainingError):
        DrafterSettings.read(tmp_path / "r.toml", [change])


def test_the_exported_pass_drafts_as_the_drafter_does(tmp_path):
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnxscript")
    from drafter.export import DraftPass, example_inputs, export

    coder = coder_made_up()
    drafter = drafter_made_up(coder)
    files = export(coder, drafter, tmp_path)
    session = onnxruntime.InferenceSession(files["float32"])
    for block, new, cached in ((6, 3, 5), (16, 1, 40), (4, 7, 1)):
        inputs = example_inputs(drafter, block, new, cached)
        with torch.no_grad():
            wanted = DraftPass(coder, drafter)(**inputs)
        for ours, theirs in zip(session.run(None, {name: value.numpy() for name, value in inputs.items()}), wanted, strict=True):
            torch.testing.assert_close(torch.from_numpy(ours), theirs, atol=1e-5, rtol=1e-4)
    assert files["int8"].stat().st_size > 0
    # the pass over a cache drafts what the drafter drafts over whole canvases
    seen = read(coder, batch_made_up(0), MASK, TAPS)
    tapped = torch.cat([tap.view(3, -1, 32)[0] for tap in seen.tapped], -1)
    empty = torch.zeros(2, 4, 2, 8)
    pass_ = DraftPass(coder, drafter)
    with torch.no_grad():
        first = pass_(torch.tensor([2, 2]), torch.tensor([False, True]), tapped[:6], empty[:, :0], empty[:, :0])
        ids = cells_of(seen.ids, torch.tensor([[9]] * 3), 6)
        tokens = pass_(ids[0, 0], torch.arange(6) > 0, tapped[6:10], first[2], first[3])[0]
        whole = drafter(ids, (torch.arange(6) > 0).expand(3, 1, 6), torch.tensor([[9]] * 3), drafter.features(seen.tapped), coder.head)
    assert tokens.tolist() == torch.nn.functional.linear(whole[0, 0, 1:], coder.head).argmax(-1).tolist()
