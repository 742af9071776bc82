import pytest

pytest.importorskip("numpy")

from drafter.speed import pass_ms, with_drafter, with_masks, without

ROWS = {1: 10.0, 3: 12.0, 9: 18.0}


def test_a_pass_between_measured_ones_lies_on_the_line():
    assert pass_ms(ROWS, 6) == 15
    with pytest.raises(ValueError, match="was not measured"):
        pass_ms(ROWS, 10)


def test_drafts_that_never_agree_cost_what_they_cost():
    assert without(ROWS) == 100
    assert with_masks([0.0], ROWS, 1) == pytest.approx(2000 / (12 + 11))
    assert with_drafter([0.0, 0.0], ROWS, 2, 3.0) == pytest.approx(1000 / 15)


def test_drafts_that_always_agree_are_tokens_for_the_rows_alone():
    assert with_masks([1.0], ROWS, 1) == pytest.approx(2000 / 12)
    assert with_masks([1.0, 1.0], ROWS, 2) == pytest.approx(3000 / 14)
    assert with_drafter([1.0, 1.0], ROWS, 2, 3.0) == pytest.approx(3000 / 15)


def test_a_draft_that_agrees_half_the_time_pays_a_second_pass_half_the_time():
    assert with_masks([0.5], ROWS, 1) == pytest.approx(1000 * 2 / (12 + 0.5 * 11))
