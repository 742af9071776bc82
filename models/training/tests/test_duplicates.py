from datasketch import MinHash

from corpus.duplicates import PERMUTATIONS, Duplicates, sketch_of

from .packages_made_up import python_source, source


def reason(seen: Duplicates, text: str) -> str | None:
    return seen.reason(sketch_of(text))


def test_the_first_stays_the_same_again_goes():
    seen = Duplicates()
    assert reason(seen, source("a")) is None
    assert reason(seen, source("a")) == "duplicate"
    assert reason(seen, source("a").replace("  ", "\t").replace("\n", "\n\n")) == "duplicate"


def test_nearly_the_same_goes():
    seen = Duplicates()
    text = "".join(source(name, 5) for name in ("red", "green", "blue", "white", "black", "grey"))
    assert reason(seen, text) is None
    assert reason(seen, text.replace("return redTable[left + redOffset] * right;", "return 0;", 1)) == "near duplicate"


def test_others_stay():
    seen = Duplicates()
    assert [reason(seen, text) for text in (source("a"), source("b"), python_source("a"), "x\n")] == [None] * 4


def test_likely_but_less_similar_ones_stay():
    """What the index proposes is compared: some 6 of 10 runs the same is no duplicate."""
    common, seen = source("common", 12), Duplicates()
    kept = [reason(seen, common + source(name, 4)) for name in ("red", "green", "blue", "white", "black", "grey")]
    assert kept == [None] * 6


def test_the_sketch_estimates_how_similar_two_texts_are():
    words = [f"w{at}" for at in range(2_000)]
    whole, part = " ".join(words), " ".join(words[:1_000])

    def near(text: str) -> MinHash:
        import numpy as np

        values = np.frombuffer(bytes.fromhex(sketch_of(text).near), "<u4")
        assert len(values) == PERMUTATIONS
        return MinHash(hashvalues=values, scheme="affine32")

    # three standard deviations of 64 samples
    assert abs(near(whole).jaccard(near(part)) - 0.5) < 0.19
    assert near(whole).jaccard(near(" ".join(reversed(words)))) < 0.1


def test_texts_of_few_words_have_sketches():
    assert reason(Duplicates(), "") is None
    assert reason(Duplicates(), "one two") is None
