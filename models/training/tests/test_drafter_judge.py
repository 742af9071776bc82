import pytest

torch = pytest.importorskip("torch")

from drafter.heads import Heads
from drafter.judge import by_drafter, by_masks, judge
from drafter.losses import read

from .drafter_made_up import MASK, TAPS, batch_made_up, coder_made_up, drafter_made_up


def test_heads_count_a_case_done_by_hand():
    heads = Heads(3)
    heads.add([5, 6, 7], [5, 6, 7], [5, 6, 7])  # agrees throughout
    heads.add([5, 6, 7], [5, 9, 7], [5, 9, 7])  # one refused in the middle, the third agrees again
    heads.add([5, 6, 7], [5, 6, 7], [8, 6, 7])  # the coder departs from the text at once: what follows is not known
    heads.add([5, 6, 7], [5], [5])  # the canvas ends
    assert heads.judged == [4, 2, 2]
    assert heads.agreement() == [1, 0.5, 1]
    assert (heads.survived, heads.at_risk) == ([4, 1, 1], [4, 2, 1])
    assert heads.tokens_a_pass() == pytest.approx(1 + 1 + 0.5 + 0.5)


def test_heads_of_nothing_are_a_token_a_pass():
    assert Heads(3).tokens_a_pass() == 1
    assert Heads(3).agreement() == pytest.approx([float("nan")] * 3, nan_ok=True)


@pytest.fixture
def held_out():
    """The coder's own writing, so that it agrees with the text everywhere."""
    coder, batch = coder_made_up(), batch_made_up(2)
    lengths = [30, 29, 28]
    for column in range(8, 31):
        chosen = read(coder, batch, MASK, TAPS).last @ coder.head.T
        for i, length in enumerate(lengths):
            if column + 1 < length:
                batch.ids[i, column + 1] = int(chosen.view(3, 32, -1)[i, column].argmax())
    return coder, batch


def test_who_drafts_what_the_coder_writes_agrees_and_who_drafts_late_does_not(held_out):
    coder, batch = held_out
    at = lambda seen, anchor, by: seen.ids.gather(1, (anchor[..., None] + 2 + by + torch.arange(4)).clamp(max=31).flatten(1)).view(*anchor.shape, 4)
    right, late = (lambda _, seen, anchor: at(seen, anchor, 0)), (lambda _, seen, anchor: at(seen, anchor, 0) + 50)
    heads = judge(coder, [batch], MASK, TAPS, {"right": (right, 4), "late": (late, 4)})
    assert heads["right"].agreement() == [1, 1, 1, 1]
    assert heads["right"].tokens_a_pass() == 5
    assert heads["late"].tokens_a_pass() == 1
    assert heads["right"].judged == heads["late"].judged
    assert min(heads["right"].judged) > 20


def test_a_second_pass_changes_only_what_was_unsure(held_out):
    coder, batch = held_out
    drafter = drafter_made_up(coder)
    seen, anchor = read(coder, batch, MASK, TAPS), torch.tensor([[9, 12], [10, 11], [9, 9]])
    with torch.no_grad():
        once = by_drafter(coder, drafter)(batch, seen, anchor)
        assert once.shape == (3, 2, 5)
        assert torch.equal(by_drafter(coder, drafter, 0.0)(batch, seen, anchor), once), "all were sure"
        assert torch.equal(by_drafter(coder, drafter, 1.1)(batch, seen, anchor), once), "none was sure, so nothing was revealed"


def test_masks_draft_from_their_anchor_alone(held_out):
    coder, batch = held_out
    seen, anchor = read(coder, batch, MASK, TAPS), torch.tensor([[9, 12], [10, 11], [9, 9]])
    with torch.no_grad():
        drafts = by_masks(coder, MASK, 4)(batch, seen, anchor)
        batch.ids[:, 13:] = 5
        assert torch.equal(by_masks(coder, MASK, 4)(batch, read(coder, batch, MASK, TAPS), anchor), drafts)
        batch.ids[:, 9] = 5
        assert drafts.shape == (3, 2, 4)
        assert not torch.equal(by_masks(coder, MASK, 4)(batch, read(coder, batch, MASK, TAPS), anchor), drafts)
