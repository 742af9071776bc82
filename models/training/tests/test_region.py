from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from canvas.region import cut_region

TEXTS = st.text(st.sampled_from("ab \t\n)]};é𝒳"), min_size=1, max_size=400)


@given(TEXTS, st.integers())
@example("a", 0)
@example("\n", 0)
@example("ab\n", 1)
def test_a_region_lies_in_whole_lines(text, seed):
    r = cut_region(text, Random(seed))
    assert 0 <= r.begin <= r.start <= r.stop <= r.end + 1 <= len(text)
    assert r.begin == 0 or text[r.begin - 1] == "\n"
    assert "\n" not in text[r.begin : r.start]
    assert "\n" not in text[r.stop : r.end]
    assert r.end == len(text) - 1 or text[r.end] == "\n"


@given(TEXTS, st.integers())
def test_the_same_seed_cuts_the_same(text, seed):
    assert cut_region(text, Random(seed)) == cut_region(text, Random(seed))


@given(TEXTS, TEXTS, st.integers())
def test_a_hole_begins_where_it_is_told_to(before, text, seed):
    r = cut_region(before + text, Random(seed), len(before), len(before) + len(text))
    assert r.start >= len(before) or before.rfind("\n", 0, len(before)) < r.start  # at most back to its own line's begin
