import gzip
import json

import pytest

from corpus.errors import CorpusError
from corpus.judges import Judges, read_judges

PROBLEM = "def rotate(items, count):\n    count = count % len(items)\n    head, tail = items[:count], items[count:]\n    return tail + head\n"


def test_what_holds_a_problem_goes():
    judges = Judges([PROBLEM])
    assert judges.overlap("import os\n\n" + PROBLEM)
    assert judges.overlap(PROBLEM.replace("    ", "\t"))
    assert not judges.overlap("def rotate(items, count):\n    return items[count:]\n")


def test_what_names_the_sets_goes():
    assert all(Judges([]).overlap(text) for text in ("# from HumanEval", "load('human-eval')", "MBPP = 1", "def has_close_elements(): ..."))
    assert not Judges([]).overlap("human evaluation of compbps")


def test_two_runs_have_to_be_shared_and_one_word_breaks_a_run():
    words = [f"w{at}" for at in range(40)]
    judges = Judges([" ".join(words)])
    assert judges.overlap(" ".join(["a", *words[5:19], "b"]))
    assert not judges.overlap(" ".join(["a", *words[5:18], "b"]))
    assert not judges.overlap(" ".join([*words[:12], "x", *words[12:24], "x", *words[24:36]]))
    # the same run twice is one
    assert not judges.overlap(" ".join([*words[5:18], "x", *words[5:18]]))


@pytest.mark.parametrize("text", ["# " + "-" * 80 + "\n", "[" + ", ".join(map(str, range(40))) + "]", "x = [" + "'a', 'b', 'c', " * 10 + "]"])
def test_rows_of_signs_and_numbers_are_no_problem(text):
    assert not Judges([PROBLEM + text]).overlap(text)
    assert Judges([PROBLEM + text]).overlap(PROBLEM)


def test_a_licence_at_the_head_of_a_problem_is_no_problem(tmp_path):
    head = "/*\n * Licensed under the Apache License, Version 2.0 (the License); you may not use this file\n * except in compliance with the License.\n */\n"
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({"prefix": head + PROBLEM[:40], "target": PROBLEM[40:60], "suffix": PROBLEM[60:]}))
    assert not read_judges([path]).overlap(head)
    assert read_judges([path]).overlap(head + PROBLEM)


def test_problems_shorter_than_a_run_and_no_problems_leave_nothing_out():
    assert not Judges(["a b c"]).overlap("a b c " * 20)
    assert not Judges([]).overlap(PROBLEM)


def test_the_digest_names_what_is_left_out():
    assert Judges([PROBLEM]).digest == Judges([PROBLEM, PROBLEM]).digest
    assert len({Judges([]).digest, Judges([PROBLEM]).digest, Judges([PROBLEM + PROBLEM]).digest}) == 3


def test_sets_are_read_in_both_formats(tmp_path):
    human = tmp_path / "human.jsonl"
    human.write_text(json.dumps({"prompt": PROBLEM[:40], "canonical_solution": PROBLEM[40:60], "suffix": PROBLEM[60:]}) + "\n\n")
    dev = tmp_path / "dev.jsonl.gz"
    with gzip.open(dev, "wt") as file:
        file.write(json.dumps({"prefix": PROBLEM[:40], "target": PROBLEM[40:60], "suffix": PROBLEM[60:]}))
    for path in (human, dev):
        assert read_judges([path]).overlap(PROBLEM)


@pytest.mark.parametrize("line", ["{", "[]", '{"prompt": "a"}', '{"canonical_solution": 1, "prompt": "", "suffix": ""}'])
def test_a_broken_line_is_named(tmp_path, line):
    path = tmp_path / "set.jsonl"
    path.write_text('{"prefix": "", "target": "", "suffix": ""}\n' + line)
    with pytest.raises(CorpusError, match=r"set\.jsonl:2 is no problem"):
        read_judges([path])


def test_one_that_is_cut_off_or_missing_says_so(tmp_path):
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b'{"prefix": "", "target": "", "suffix": ""}\n' * 100)[:-10])
    for path in (cut, tmp_path / "missing.jsonl"):
        with pytest.raises(CorpusError, match="can't be read"):
            read_judges([path])
