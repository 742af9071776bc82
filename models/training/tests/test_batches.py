import itertools
import os
import signal
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch")

from canvas.batch import CLEAN, PLAIN, REVEALED, make_batch
from canvas.batches import BatchPlan, Place, batches, batches_ahead
from canvas.draft_blocks import DraftLayout, draw_blocks
from canvas.example import Example, Examples
from coder.errors import TrainingError
from tests.made_up import files, vocabulary

V = vocabulary()
LAYOUT = DraftLayout(((4, 2), (2, 2)))
PLAN = BatchPlan(tokens=1500, layout=LAYOUT, window=24)


def examples():
    return Examples(V, files(), context=(48, 96))


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("ids", "positions", "anchor", "block", "row", "target", "kind", "teacher", "weight")
    )


@given(st.integers(0, 20), st.integers(0, 20), st.integers())
def test_a_block_never_shows_all_its_cells(first, more, seed):
    length = first + more + 4
    drawn = draw_blocks(DraftLayout(), first, first + more, length, Random(seed))
    assert sum(block.size for block in drawn) == DraftLayout().cells
    for block in drawn:
        assert first <= block.anchor <= first + more
        assert len(block.revealed) < block.size
        assert all(block.anchor + 1 + cell < length for cell in block.revealed)


def test_every_row_predicts_what_follows_its_position():
    """Clean row i speaks for token i+1; a draft's cell at position p for token p+1, with a teacher at the clean row p."""
    for _, batch in itertools.islice(batches(examples(), PLAN, 1), 12):
        t = batch.ids.shape[1]
        for row, target, kind, teacher in zip(batch.row, batch.target, batch.kind, batch.teacher, strict=True):
            i, at = divmod(int(row), t)
            position = int(batch.positions[i, at])
            assert batch.ids[i, position + 1] == target
            assert batch.block[i, position + 1] == 0
            if kind in (CLEAN, PLAIN):
                assert at == position
                assert teacher == -1
            else:
                assert batch.ids[i, at] == V.mask or (kind > REVEALED and batch.ids[i, at] == batch.ids[i, position])
                assert 1 <= kind % REVEALED <= 4
                assert (teacher == -1) == (kind > REVEALED)
                if teacher >= 0:
                    assert batch.row[teacher] == i * t + position


def test_clean_rows_come_first():
    for _, batch in itertools.islice(batches(examples(), PLAN, 2), 6):
        assert all(kind >= CLEAN for kind in batch.kind[: batch.clean_rows])
        assert all(kind < CLEAN for kind in batch.kind[batch.clean_rows :])


def test_rows_beyond_the_most_are_left_out_and_the_rest_is_padding():
    example = Example([V.prefix, 1, V.suffix, 2, V.middle, 3, 4, 5, V.end], [4, 5, 6, 7])
    few = make_batch(V, [example], 16, LAYOUT, 4, Random(0))
    assert len(few.row) == 4
    assert few.clean_rows == 3
    many = make_batch(V, [example], 16, LAYOUT, 64, Random(0))
    assert len(many.row) == 64
    assert (many.weight > 0).sum() < 20
    assert many.weight[-1] == 0


def test_batches_keep_to_their_tokens_and_to_one_kind():
    for _, batch in itertools.islice(batches(examples(), PLAN, 3), 12):
        assert batch.ids.size <= PLAN.tokens or batch.examples == 1
        assert batch.tokens <= batch.ids.size
        assert batch.plain == all(kind == PLAIN for kind in batch.kind)


@pytest.mark.parametrize("workers", [1, 3])
def test_whoever_goes_on_gets_the_batches_that_would_have_come(workers):
    whole = list(itertools.islice(batches(examples(), PLAN, 5), 20))
    place = whole[8][0]
    assert place != Place()
    rest = list(itertools.islice(batches_ahead(examples, PLAN, 5, place, workers), 11))
    assert [p for p, _ in rest] == [p for p, _ in whole[9:]]
    assert all(same(one, other) for (_, one), (_, other) in zip(rest, whole[9:], strict=True))


def test_what_breaks_in_a_worker_is_heard():
    def broken():
        raise ValueError("no files")

    with pytest.raises(ValueError, match="no files"):
        next(batches_ahead(broken, PLAN, 0, Place(), 2))


def test_a_worker_that_is_killed_is_heard():
    def killed():
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(TrainingError, match=r"has ended \(-9\)"):
        next(batches_ahead(killed, PLAN, 0, Place(), 2))


def test_what_breaks_in_a_worker_and_cannot_be_sent_is_heard_of():
    class Local(Exception):
        pass

    def broken():
        raise Local

    with pytest.raises(TrainingError, match="has ended"):
        next(batches_ahead(broken, PLAN, 0, Place(), 1))
