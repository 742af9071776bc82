from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from corpus.shares import LEAST_SCRIPT, MOST_PYTHON, balanced, group_of


@dataclass(frozen=True)
class SomeFile:
    path: str
    language: str
    size: int


FILES = st.lists(st.tuples(st.sampled_from(["typescript", "javascript", "python", "go", "rust"]), st.integers(1, 50)), max_size=200).map(
    lambda all_: [SomeFile(f"{at}", language, size) for at, (language, size) in enumerate(all_)]
)


@given(FILES)
def test_shares_hold_and_order_stays(files):
    kept = balanced(files)
    assert [file for file in files if file in kept] == kept
    sizes = Counter()
    for file in kept:
        sizes[group_of(file)] += file.size
    total = sum(sizes.values())
    largest = max((file.size for file in files), default=0)
    # A file is in it or not: the shares hold to within one.
    assert sizes["script"] + largest >= LEAST_SCRIPT * total
    assert sizes["python"] <= MOST_PYTHON * total + largest


@given(FILES)
def test_all_of_what_there_may_be_more_of_stays(files):
    assert {file.path for file in files if group_of(file) == "script"} <= {file.path for file in balanced(files)}
