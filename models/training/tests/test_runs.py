import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus import runs as runs_module
from corpus.runs import runs_of

WORDS = st.lists(st.sampled_from("abc"), max_size=30)


@given(WORDS, st.integers(1, 6))
def test_two_runs_have_one_hash_just_where_they_are_the_same(words, length):
    runs = runs_of(words, length)
    spelled = [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]
    assert len(runs) == len(spelled)
    assert len(set(runs.tolist())) == len(set(spelled))


def test_hashes_are_the_same_everywhere_and_whatever_was_seen_before(monkeypatch):
    # worked out by hand: the sum of blake2b's 8 bytes, the first word's times FACTOR
    expected = np.array([5], np.uint64)
    expected[0] = (runs_module.Hashes()["a"] * runs_module.FACTOR + runs_module.Hashes()["b"]) % 2**64
    assert runs_of(["a", "b"], 2).tolist() == expected.tolist()
    monkeypatch.setattr(runs_module, "MOST_WORDS", 1)
    assert runs_of(["a", "b"], 2).tolist() == expected.tolist()
