import json

import pytest

from canvas.source_files import SourceFile, is_held_out, read_files, split
from coder.errors import TrainingError
from tests.made_up import held_out_package

GOOD = json.dumps({"path": "a/b.py", "text": "x = 1\n"})


@pytest.mark.parametrize("bad", ['{"path": "a', "[]", '{"path": "a"}', '{"path": 1, "text": "x"}', "\udce4".encode("utf-8", "surrogatepass").decode("latin-1")])
def test_a_broken_line_is_named(tmp_path, bad):
    file = tmp_path / "corpus.jsonl"
    file.write_text(f"{GOOD}\n{bad}\n{GOOD}\n")
    with pytest.raises(TrainingError, match="line 2"):
        read_files(file)


def test_a_file_cut_short_is_named(tmp_path):
    file = tmp_path / "corpus.jsonl"
    file.write_text(f"{GOOD}\n{GOOD[:-8]}")
    with pytest.raises(TrainingError, match="line 2"):
        read_files(file)


def test_a_missing_or_empty_corpus_is_said(tmp_path):
    with pytest.raises(TrainingError, match="cannot be read"):
        read_files(tmp_path / "none")
    (tmp_path / "empty").touch()
    with pytest.raises(TrainingError, match="no files"):
        read_files(tmp_path / "empty")


def test_packages_are_held_out_whole():
    held = held_out_package()
    files = [SourceFile(f"{package}/{i}.py", "x") for package in ("alpha", held) for i in range(3)]
    train, out = split(files)
    assert not is_held_out("alpha")
    assert [file.package for file in train] == ["alpha"] * 3
    assert [file.package for file in out] == [held] * 3
