from random import Random

import pytest

pytest.importorskip("torch")

from canvas.example import MOST_TOKENS, Examples
from canvas.related import Related
from canvas.source_files import SourceFile
from tests.made_up import KEEP, files, vocabulary

V = vocabulary()


def drawn(count, seed=0, **options):
    examples, random = Examples(V, files(), **options), Random(seed)
    return [examples.draw(random) for _ in range(count)]


def text_of(tokens):
    return bytes(KEEP[token] for token in tokens if KEEP[token] < 256).decode()


def test_a_canvas_is_the_file_put_together():
    """P + answer + what follows is a piece of the file it came from, for every canvas with one hole."""
    texts = [file.text for file in files()]
    seen = 0
    for example in drawn(300):
        x = example.tokens
        if example.plain or any(hole in x for hole in V.holes):
            continue
        middle, suffix = x.index(V.middle), x.index(V.suffix)
        prefix = x[1:suffix]
        while V.file in prefix:  # paths and pieces stand before P, a line or more each
            prefix = prefix[prefix.index(V.file) + 1 :]
        after_path = text_of(prefix).split("\n", 1)[1] if V.file in x else text_of(prefix)
        answer = text_of(x[middle + 1 : -1])
        assert x[0] == V.prefix
        assert x[-1] == V.end
        assert any(after_path + answer.rstrip("\n") in text for text in texts)
        assert any(text_of(x[suffix + 1 : middle]) in text for text in texts)
        seen += 1
    assert seen > 100


def test_what_is_counted_is_the_answer_from_the_cursor_on_and_its_end():
    for example in drawn(200):
        assert all(0 <= row < len(example.tokens) - 1 for row in example.counted)
        assert example.counted == sorted(set(example.counted))
        if not example.plain:
            assert example.counted[0] >= example.tokens.index(V.middle)
            assert example.counted[-1] == len(example.tokens) - 2


def test_each_further_hole_has_its_sentinel_in_the_suffix_and_before_its_answer():
    several = [e for e in drawn(600) if not e.plain and V.holes[0] in e.tokens]
    assert several
    for example in several:
        middle = example.tokens.index(V.middle)
        in_suffix = [t for t in example.tokens[:middle] if t in V.holes]
        in_answers = [t for t in example.tokens[middle:] if t in V.holes]
        assert in_suffix == in_answers == list(V.holes[: len(in_suffix)])
        for i, token in enumerate(example.tokens):
            if i > middle and token in V.holes:
                assert i - 1 in example.counted  # the writing of one answer ends with the next one's sentinel


def test_canvases_fit_and_a_seed_says_which_come():
    first, again = drawn(60, seed=3), drawn(60, seed=3)
    assert first == again
    assert first != drawn(60, seed=4)
    assert max(len(example.tokens) for example in first) <= MOST_TOKENS


def test_where_room_runs_out_the_piece_that_matters_least_is_left_out(monkeypatch):
    pieces = [(f"package0/{name}.ts", f"{name} " * 9) for name in ("far", "near")]
    monkeypatch.setattr("canvas.example.Related.pieces", lambda *_: pieces)
    texts = [text_of(example.tokens) for example in drawn(300, context=(48,))]
    shown = {name: sum(name in text for text in texts) for name in ("far ", "near ")}
    assert shown["near "] > 20
    assert shown["far "] == 0


def test_what_the_file_itself_defines_is_not_looked_for_elsewhere():
    ours, theirs = SourceFile("p/a.py", "def shared():\n    pass\n"), SourceFile("p/b.py", "def shared():\n    pass\n\n\ndef other():\n    pass\n")
    related = Related([ours, theirs])
    found = [path for _ in range(20) for path, piece in related.pieces(0, "shared other", Random(0), 3) if piece.startswith("def shared")]
    assert found == []
    assert related.pieces(0, "shared other", Random(0), 3)[-1][1].startswith("def other")
