import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from canvas.source_files import SourceFile
from coder.adapter import new_adapter, read_adapter
from coder.base_weights import made_up
from coder.errors import TrainingError
from tests.made_up import SHAPE, files, held_out_package, vocabulary
from tuning import saves
from tuning.inputs import Loaded
from tuning.loop import Diverged
from tuning.run_log import read_log
from tuning.saves import newest_save
from tuning.settings import AdapterSettings
from tuning.train import AdapterRun, train

SETTINGS = {"minutes": 1, "steps": 6, "compiled": False, "tokens": 1200, "window": 12, "rank": 4, "context": (48,), "blocks": ((4, 1), (1, 2)), "judge_batches": 2, "learning_rate": 1e-3, "warm_steps": 2,
                "average": 0.9, "log_steps": 1, "save_seconds": 1e6}  # fmt: skip


def run_in(state: Path, budget_seconds: float = math.inf, **changes) -> AdapterRun:
    base = made_up(SHAPE)
    adapter = new_adapter(SHAPE, 4, torch.from_numpy(base.weights["embed_tokens.weight"].mean(0)))
    held = [SourceFile(f"{held_out_package()}/{i}.py", file.text) for i, file in enumerate(files())]
    loaded = Loaded(vocabulary(), files(), held, {"base": "1", "vocabulary": "2", "corpus": "3"})
    return AdapterRun(AdapterSettings(**{**SETTINGS, **changes}), loaded, base, adapter, state, budget_seconds, time.monotonic())


def silently(run: AdapterRun) -> saves.Save:
    return train(run, say=lambda _: None, bar=False)


def same_weights(one: Path, other: Path) -> bool:
    one, other = read_adapter(one), read_adapter(other)
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_a_run_learns_and_leaves_a_log(tmp_path):
    save = silently(run_in(tmp_path, steps=24, plain_kl=0.1, accumulate=2, judge_batches=10))
    log = read_log(tmp_path / "log.jsonl")
    before, *_, after = [entry["judged"] for entry in log if "judged" in entry]
    assert after["next"][0] < before["next"][0]
    assert after["draft1"][0] < before["draft1"][0]
    assert {"next", "end", "plain", "draft1"} <= before.keys()
    steps = [entry for entry in log if "rate" in entry]
    assert [entry["step"] for entry in steps] == list(range(1, 25))
    assert steps[-1]["plain_kl"] >= 0
    assert steps[-1]["rate"] < steps[2]["rate"]
    assert save.step == 24
    assert newest_save(tmp_path) == save


def test_a_run_in_two_pieces_is_the_run_in_one(tmp_path, monkeypatch):
    whole = silently(run_in(tmp_path / "whole"))
    silently(run_in(tmp_path / "pieces", steps=6, budget_seconds=0.0))  # no time for a step: it only saves
    assert newest_save(tmp_path / "pieces").step == 0

    def killed(*arguments):
        save = saves.write_save(*arguments)
        if save.step == 3:
            raise KeyboardInterrupt  # as abrupt as a kill: nothing after the save runs
        return save

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("tuning.loop.write_save", killed)
        silently(run_in(tmp_path / "pieces", save_seconds=1e-9))  # saves at each step
    assert newest_save(tmp_path / "pieces").step == 3
    finished = silently(run_in(tmp_path / "pieces"))
    assert same_weights(whole.weights, finished.weights)
    logged = [[entry for entry in read_log(tmp_path / name / "log.jsonl") if "rate" in entry] for name in ("whole", "pieces")]
    assert [entry["step"] for entry in logged[0]] == [entry["step"] for entry in logged[1]] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("bad", ["loss", "gradient", "weight"])
def test_numbers_that_are_none_stop_the_run_and_the_last_good_save_stands(tmp_path, bad, monkeypatch):
    import tuning.adapter_learner as module

    steps = 0

    class Breaking(module.StepLosses):
        def __call__(self, batch):
            nonlocal steps
            loss, parts = super().__call__(batch)
            steps += 1
            if steps > 8 and bad == "loss":
                loss = loss * math.nan
            elif steps > 8 and bad == "gradient":
                loss = loss + (self.coder.mask_embedding.sum() * 0).sqrt()  # its derivative at 0 is infinite
            elif steps > 8:
                with torch.no_grad():
                    self.coder.adapter_parameters["layers.0.mlp.up_proj.b"][0, 0] = math.inf
                loss = loss.detach() * 0 + sum(weight.sum() * 0 for name, weight in self.coder.adapter_parameters.items() if name.endswith("down_proj.a"))
            return loss, parts

    monkeypatch.setattr(module, "StepLosses", Breaking)
    with pytest.raises(Diverged, match=r"not a number.*last good save is .*save-0000000\d"):
        silently(run_in(tmp_path, steps=30, save_seconds=1e-9))
    save = newest_save(tmp_path)
    assert 0 < save.step < 10
    assert all(bool(torch.isfinite(weight).all()) for weight in read_adapter(save.weights).values())


def test_a_full_disk_is_said_and_the_save_before_stands(tmp_path, monkeypatch):
    silently(run_in(tmp_path, steps=2))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saves.torch, "save", full)
    with pytest.raises(TrainingError, match="make room"):
        silently(run_in(tmp_path, steps=4))
    assert newest_save(tmp_path).step == 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("file", ["adapter.safetensors", "resume.pt", "save.json"])
def test_a_save_cut_short_is_passed_over(tmp_path, file):
    silently(run_in(tmp_path, steps=2))
    last = silently(run_in(tmp_path, steps=3))
    cut = last.folder / file
    cut.write_bytes(cut.read_bytes()[:-5])
    assert newest_save(tmp_path).step == 2
    assert silently(run_in(tmp_path, steps=3)).step == 3


def test_another_runs_state_is_refused(tmp_path):
    silently(run_in(tmp_path, steps=2))
    with pytest.raises(TrainingError, match=r"another run's \(learning_rate 0.001 there, 0.5 here"):
        silently(run_in(tmp_path, steps=3, learning_rate=0.5))
    silently(run_in(tmp_path, steps=3, log_steps=2))  # what only says how often to speak may change


def test_a_budget_is_kept(tmp_path):
    began = time.monotonic()
    save = silently(run_in(tmp_path, steps=100_000, budget_seconds=4))
    assert save.step > 0
    assert time.monotonic() - began < 15


def test_a_run_that_is_over_is_left_as_it_is(tmp_path):
    save = silently(run_in(tmp_path, steps=2))
    before = (save.folder.stat().st_mtime_ns, (tmp_path / "log.jsonl").read_text())
    assert silently(run_in(tmp_path, steps=2)) == save
    assert (save.folder.stat().st_mtime_ns, (tmp_path / "log.jsonl").read_text()) == before


def test_the_recipe_beside_the_saves_is_theirs(tmp_path):
    silently(run_in(tmp_path, steps=2))
    recipe = (tmp_path / "recipe.json").read_text()
    assert json.loads(recipe)["settings"]["steps"] == 2
    with pytest.raises(TrainingError):
        silently(run_in(tmp_path, steps=3, learning_rate=0.5))
    assert (tmp_path / "recipe.json").read_text() == recipe


def test_runs_of_different_recipes_are_judged_on_the_same(tmp_path):
    rows = []
    for name, changes in {"one": {}, "other": {"tokens": 900, "context": (96, 160), "blocks": (), "mix": "longer"}}.items():
        silently(run_in(tmp_path / name, steps=1, **changes))
        rows.append({what: judged[2] for what, judged in read_log(tmp_path / name / "log.jsonl")[0]["judged"].items()})
    assert rows[0] == rows[1]


def test_a_log_torn_by_a_kill_goes_on(tmp_path):
    silently(run_in(tmp_path, steps=2))
    log = tmp_path / "log.jsonl"
    log.write_text(log.read_text() + json.dumps({"step": 9, "rate": 1}) + '\n{"step": 10, "ra')
    silently(run_in(tmp_path, steps=3))
    assert [entry["step"] for entry in read_log(log) if "rate" in entry] == [1, 2, 3]


KILLED = """
import sys, time
sys.path.insert(0, {here!r})
import tests.conftest
from pathlib import Path
from tests.test_tuning import run_in, train
train(run_in(Path({state!r}), steps=100_000, save_seconds=0.2), bar=False)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_process_loses_only_what_came_after_its_save(tmp_path, number):
    here = str(Path(__file__).parent.parent)
    child = subprocess.Popen([sys.executable, "-c", KILLED.format(here=here, state=str(tmp_path))], stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while (newest_save(tmp_path) is None or newest_save(tmp_path).step < 2) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(child.pid, number)
    said, _ = child.communicate(timeout=30)
    if number == signal.SIGTERM:
        assert child.returncode == 0
        assert "stopped as asked" in said
    stood = newest_save(tmp_path).step
    assert stood >= 2
    assert silently(run_in(tmp_path, steps=stood + 1)).step == stood + 1
