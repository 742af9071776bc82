import unicodedata
from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import CorpusError
from infill_dev.holes import KINDS, MARGIN_CHARS, Hole, draw, hole_at, in_block_comment, splits_character
from infill_dev.items import MOST_PER_FILE, items_of, kinds_of

LINES = [
    *("", "    ", "# one", "// two", "/*", " * three", " */", "import os", "from a import b", "use std::io;", '\t"fmt"', "}", "\t\t})", "x = 1  ", "break"),
    *(
        "    return self.table[left] + offset * right",
        "const naïve = `👩‍👩‍👧 e\u0301te\u0301 👍🏽`;",
        "  if (a > b) { return c; }",
        "\tfor i := range n {",
        "\t*p = 1",
    ),
]
line = st.sampled_from(LINES) | st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=60)
MARGIN = "    count = count + 1\n" * 40
texts = st.lists(line, min_size=1, max_size=40).map(lambda lines: MARGIN + "\n".join(lines) + "\n" + MARGIN)
languages = st.sampled_from(["python", "go"])


def first_line(text, begin):
    start = text.rfind("\n", 0, begin) + 1
    return text[start:].split("\n", 1)[0]


@given(texts, languages, st.sampled_from(KINDS), st.integers(0, 2**32))
def test_a_hole_holds_what_its_kind_promises(text, language, kind, seed):
    random = Random(seed)
    hole = next((hole for _ in range(50) if (hole := draw(text, language, kind, random))), None)
    if hole is None:
        return
    prefix, target, suffix = text[: hole.begin], text[hole.begin : hole.end], text[hole.end :]
    assert prefix + target + suffix == text
    assert target.strip()
    code = first_line(text, hole.begin).strip()
    assert code
    assert not code.startswith("#" if language == "python" else ("//", "/*", "*/", "* "))
    assert not code.startswith(("import ", "from ", "use "))
    assert suffix
    for begin in (hole.begin, hole.end):
        assert not unicodedata.combining(text[begin])
        assert "\u200d" not in text[begin - 1 : begin + 1]
    if kind == "span":
        assert 6 <= len(target) <= 100
        assert hole.begin >= MARGIN_CHARS
    else:
        assert suffix.startswith("\n")
        assert not any(line != line.rstrip() for line in target.split("\n"))
    if kind == "rest-of-line":
        assert "\n" not in target
        assert len(target) >= 6
        assert len(prefix[prefix.rfind("\n") + 1 :].lstrip()) >= 2
    if kind == "line":
        assert "\n" not in target
        assert target == code
        assert len(code) >= 5
    if kind == "lines":
        assert 2 <= target.count("\n") + 1 <= 5
        assert prefix == "" or prefix.endswith("\n")


@pytest.mark.parametrize(
    ("marked", "language", "kind", "expected"),
    [
        ("a\n    total = fi|rst + 1\nb\n", "python", "rest-of-line", "rst + 1"),
        ("a\n    total = firs|t + 1\nb\n", "python", "rest-of-line", None),
        ("a\n    t|otal = first + 1\nb\n", "python", "rest-of-line", None),
        ("a\n   | total = first\nb\n", "python", "line", "total = first"),
        ("a\n    els|e\nb\n", "python", "line", None),
        ("a\n    # to|tal = first\nb\n", "python", "line", None),
        ("a\n    # to|tal = first\nb\n", "rust", "line", "# total = first"),
        ("a\n /* b\n  to|tal = first\n*/\nb\n", "java", "line", None),
        ("a\n  *to|tal = first\nb\n", "go", "line", "*total = first"),
        ("a\n  total = firs|t  \nb\n", "go", "line", None),
        ("import |sys as system\nb\n", "python", "line", None),
        ("a\n|\nb\n", "python", "line", None),
        ("a\ntot|al = first", "python", "line", None),
        ("a\ntot|al = first\nb", "python", "lines", None),
    ],
)
def test_places(marked, language, kind, expected):
    at, text = marked.index("|"), marked.replace("|", "")
    hole = hole_at(text, language, kind, at, Random(1))
    assert (hole and text[hole.begin : hole.end]) == expected


def test_a_block_comment_ends():
    text = "/* a */\nb = '/*'\nc\n/* d\ne\n*/\nf\n"
    assert [in_block_comment(text, text.index(letter)) for letter in "bcef"] == [False, False, True, False]


def test_what_a_reader_takes_for_one_character_stays_whole():
    text = "e\u0301👍🏽👩‍👧a"
    whole = [at for at in range(len(text) + 1) if not splits_character(text, at)]
    assert [text[a:b] for a, b in pairwise(whole)] == ["e\u0301", "👍🏽", "👩‍👧", "a"]


@given(st.integers(0, 50).map(lambda fours: 4 * fours), st.randoms(use_true_random=False))
def test_each_four_have_all_kinds(count, random):
    kinds = kinds_of(count, random)
    assert all(sorted(kinds[at : at + 4]) == sorted(KINDS) for at in range(0, count, 4))
    assert len(kinds) == count


def files_made_up(count):
    return {
        f"p-1/package/{name}.py": "".join(f"def {name}_{at}(left, right):\n    return {name}_table[left + {at}] * right\n\n" for at in range(40))
        for name in (f"name{number}" for number in range(count))
    }


@given(st.randoms(use_true_random=False), st.text(max_size=5))
def test_items_depend_on_the_seed_and_not_on_the_order_of_files(shuffling, seed):
    files = files_made_up(6)
    shuffled = list(files.items())
    shuffling.shuffle(shuffled)
    items = items_of("python", files, {}, 16, seed)
    assert items == items_of("python", dict(shuffled), {}, 16, seed)
    assert items != items_of("python", files, {}, 16, seed + "x")
    assert Counter(item.kind for item in items) == dict.fromkeys(KINDS, 4)


def test_items_are_windows_of_their_files_and_do_not_overlap():
    files = files_made_up(10)
    items = items_of("python", files, {}, 28, "seed")
    assert len({item.id for item in items}) == len({(item.prefix, item.target) for item in items}) == 28
    assert max(Counter(item.source for item in items).values()) <= MOST_PER_FILE
    for source, text in files.items():
        holes = []
        for item in items:
            if item.source == source:
                begin = text.index(item.prefix + item.target + item.suffix) + len(item.prefix)
                assert item.prefix == text[max(0, begin - 3_000) : begin]
                assert item.suffix == text[begin + len(item.target) :][:1_500]
                holes.append((begin, begin + len(item.target)))
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(holes)))


def test_no_hole_touches_what_is_closed():
    files = files_made_up(4)
    closed = {source: [Hole(0, 700), Hole(1_000, 9_999)] for source in files}
    for item in items_of("python", files, closed, 8, "seed"):
        begin = files[item.source].index(item.prefix + item.target + item.suffix) + len(item.prefix)
        assert 700 <= begin <= begin + len(item.target) <= 1_000


@pytest.mark.parametrize("files", [{}, {"a.py": "x = 1\n"}, files_made_up(2), {"a.py": "# nothing but a comment\n" * 100}])
def test_too_few_files_say_so(files):
    with pytest.raises(CorpusError, match=r"python: \d+ files give only \d of 12 items"):
        items_of("python", files, {}, 12, "seed")
