from corpus.duplicates import Duplicates

from .packages_made_up import python_source, source


def test_the_first_stays_the_same_again_goes():
    seen = Duplicates()
    assert seen.reason(source("a")) is None
    assert seen.reason(source("a")) == "duplicate"
    assert seen.reason(source("a").replace("  ", "\t").replace("\n", "\n\n")) == "duplicate"


def test_nearly_the_same_goes():
    seen = Duplicates()
    text = "".join(source(name, 5) for name in ("red", "green", "blue", "white", "black", "grey"))
    assert seen.reason(text) is None
    assert seen.reason(text.replace("return redTable[left + redOffset] * right;", "return 0;", 1)) == "near duplicate"


def test_others_stay():
    seen = Duplicates()
    assert [seen.reason(text) for text in (source("a"), source("b"), python_source("a"), "x\n")] == [None] * 4
