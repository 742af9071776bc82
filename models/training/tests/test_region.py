from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from canvas.region import MIXES, cut_region

TEXTS = st.text(st.sampled_from("ab \t\n)]};é𝒳"), min_size=1, max_size=400)
MIX = st.sampled_from(sorted(MIXES))


@given(TEXTS, st.integers(), MIX)
@example("a", 0, "first")
@example("\n", 0, "first")
@example("ab\n", 1, "first")
def test_a_region_lies_in_whole_lines(text, seed, mix):
    r = cut_region(text, Random(seed), MIXES[mix])
    assert 0 <= r.begin <= r.start <= r.stop <= r.end + 1 <= len(text)
    assert r.begin == 0 or text[r.begin - 1] == "\n"
    assert "\n" not in text[r.begin : r.start]
    assert "\n" not in text[r.stop : r.end]
    assert r.end == len(text) - 1 or text[r.end] == "\n"


@given(TEXTS, st.integers(), MIX)
def test_the_same_seed_cuts_the_same(text, seed, mix):
    assert cut_region(text, Random(seed), MIXES[mix]) == cut_region(text, Random(seed), MIXES[mix])


@given(TEXTS, TEXTS, st.integers(), MIX)
def test_a_hole_begins_where_it_is_told_to(before, text, seed, mix):
    r = cut_region(before + text, Random(seed), MIXES[mix], len(before), len(before) + len(text))
    assert r.start >= len(before) or before.rfind("\n", 0, len(before)) < r.start  # at most back to its own line's begin


def test_the_longer_mix_cuts_more_lines():
    text = "".join(f"    value_{i} = compute({i}, other)\n" for i in range(400))
    lines = {}
    for name, mix in MIXES.items():
        regions = [cut_region(text, Random(seed), mix) for seed in range(2000)]
        lines[name] = sum(text[r.start : r.stop].count("\n") for r in regions) / len(regions)
    assert lines["longer"] > 1.2 * lines["first"]
