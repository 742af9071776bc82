import json
from pathlib import Path

import pytest

pytest.importorskip("torch")

from tuning.__main__ import main
from tuning.run_log import RunLog

RECIPE = str(Path(__file__).parent.parent / "recipes" / "adapter-cpu.toml")


def log_in(state):
    state.mkdir()
    log = RunLog(state / "log.jsonl", 0)
    log.write(step=0, seconds=0.0, judged={"next": [1.0, 0.5, 9], "draft1": [2.0, 0.5, 9]})
    for step in range(1, 4):
        log.write(step=step, seconds=60.0 * step, next=1.0 / step, soft=2.0 / step)
    log.write(step=3, seconds=180.0, judged={"next": [0.5, 0.6, 9], "draft1": [1.0, 0.5, 9]})
    log.close()


def test_runs_are_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    log_in(tmp_path / "one")
    log_in(tmp_path / "two")
    out = tmp_path / "runs.svg"
    assert main(["plot", "--state", str(tmp_path / "one"), str(tmp_path / "two"), "--out", str(out)]) == 0
    first = out.read_text()
    assert "<svg" in first
    assert first.count("training: next") == 1


def test_a_run_without_a_log_is_said(tmp_path, capsys):
    pytest.importorskip("matplotlib")
    assert main(["plot", "--state", str(tmp_path), "--out", str(tmp_path / "x.svg")]) == 1
    assert "no log" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("vocabulary", "recipe", "said"),
    [("[1, 2]", "none.toml", "recipe"), ("[2, 1]", RECIPE, "no vocabulary"), ("{", RECIPE, "no vocabulary"), ("[1, 2]", RECIPE, "base.gguf is missing")],
)
def test_what_is_missing_is_said(tmp_path, capsys, vocabulary, recipe, said):
    (tmp_path / "vocabulary.json").write_text(vocabulary)
    places = {"--recipe": recipe, "--base": "base.gguf", "--vocabulary": "vocabulary.json", "--corpus": "corpus.jsonl", "--state": "state"}
    arguments = [word for name, file in places.items() for word in (name, file if file == RECIPE else str(tmp_path / file))]
    assert main(["train", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "state").exists()


def test_the_log_is_json_a_line(tmp_path):
    log_in(tmp_path / "one")
    assert [json.loads(line)["step"] for line in (tmp_path / "one" / "log.jsonl").read_text().splitlines()] == [0, 1, 2, 3, 3]
