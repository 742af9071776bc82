import json
import os
import signal
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")

from canvas.batches import Place
from coder.errors import TrainingError
from drafter.drafter_file import read_drafter
from drafter.learner import DrafterLearner
from drafter.settings import DrafterSettings
from tuning.loop import Diverged, LoopRun, train_loop
from tuning.saves import newest_save

from .drafter_made_up import MASK, TAPS, batch_made_up, coder_made_up, drafter_made_up

SETTINGS = DrafterSettings(steps=6, block=6, taps=TAPS, blocks=4, warm_steps=2, log_steps=1, learning_rate=1e-2)


def batches_from(place: Place):
    window = place.window
    while True:
        yield Place(window + 1), batch_made_up(window)
        window += 1


def run_in(state, settings=SETTINGS, source=batches_from, **changes) -> LoopRun:
    coder = coder_made_up()
    learner = DrafterLearner(coder, drafter_made_up(coder), settings, MASK, [batch_made_up(99)])
    return LoopRun(settings, lambda: learner, source, state, {"corpus": "a"}, **changes)


def train_quietly(run):
    return train_loop(run, say=lambda _: None, bar=False)


def weights_in(state):
    return torch.load(newest_save(state).folder / "resume.pt", weights_only=True)["weights"]


def test_a_run_that_was_stopped_ends_equal_to_the_bit(tmp_path):
    whole, pieces = run_in(tmp_path / "whole"), tmp_path / "pieces"
    train_quietly(whole)

    def stops_at_third(place):
        for at, given in enumerate(batches_from(place)):
            if at == 2:
                os.kill(os.getpid(), signal.SIGTERM)
            yield given

    assert train_quietly(run_in(pieces, source=stops_at_third)).step == 3
    assert train_quietly(run_in(pieces)).step == 6
    one, two = weights_in(tmp_path / "whole"), weights_in(pieces)
    assert one.keys() == two.keys()
    assert all(torch.equal(one[name], two[name]) for name in one)
    steps = [json.loads(line)["step"] for line in (pieces / "log.jsonl").read_text().splitlines()]
    assert steps == [0, 1, 2, 3, 4, 5, 6, 6]


def test_the_drafter_learns_and_its_save_can_be_read(tmp_path):
    run = run_in(tmp_path, replace(SETTINGS, steps=60), source=lambda _: ((Place(i + 1), batch_made_up(0)) for i in range(100)))
    save = train_quietly(run)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    parts = [entry["hard"] for entry in log if "hard" in entry]
    assert parts[-1] < 0.7 * parts[0]
    read_drafter(save.folder / "drafter.safetensors", run.learner().coder)


def test_a_loss_that_is_no_number_stops_the_run_and_the_last_save_stands(tmp_path):
    train_quietly(run_in(tmp_path, replace(SETTINGS, steps=2)))
    run = run_in(tmp_path)
    judged, learner = run.learner().loss, run.learner()
    learner.loss = lambda batch, random: (judged(batch, random)[0] * float("nan"), {})
    with pytest.raises(Diverged, match=r"step 2: the loss is not a number.*save-00000002"):
        train_quietly(run)
    assert newest_save(tmp_path).step == 2


def test_a_gradient_that_is_no_number_touches_no_weight(tmp_path):
    run = run_in(tmp_path)
    before = [weight.clone() for weight in run.learner().learning.values()]
    loss = run.learner().loss
    run.learner().loss = lambda batch, random: ((loss(batch, random)[0] * 0).sqrt(), {})
    with pytest.raises(Diverged, match="a gradient"):
        train_quietly(run)
    assert all(torch.equal(a, b) for a, b in zip(before, run.learner().learning.values(), strict=True))


def test_another_runs_folder_is_refused(tmp_path):
    train_quietly(run_in(tmp_path, replace(SETTINGS, steps=1)))
    with pytest.raises(TrainingError, match=r"another run's .*blocks 4 there, 5 here"):
        train_quietly(run_in(tmp_path, replace(SETTINGS, blocks=5)))


def test_a_budget_ends_a_piece_with_a_save(tmp_path):
    assert train_quietly(run_in(tmp_path, budget_seconds=-1.0)).step == 0
    assert newest_save(tmp_path).step == 0


def test_a_full_disk_says_what_to_do_and_older_saves_stand(tmp_path, monkeypatch):
    train_quietly(run_in(tmp_path, replace(SETTINGS, steps=1)))

    def full(*_, **__):
        raise RuntimeError("No space left on device")

    monkeypatch.setattr("tuning.saves.torch.save", full)
    with pytest.raises(TrainingError, match="make room"):
        train_quietly(run_in(tmp_path))
    assert newest_save(tmp_path).step == 1
    assert not (tmp_path / "save.part").exists()
