import errno
import json
import os
import signal
from hashlib import sha256
from pathlib import Path

import pytest
from identify.vendor.licenses import LICENSES

from corpus import __main__ as command
from corpus import build as build_module
from corpus.__main__ import main
from corpus.build import build
from corpus.datasheet import datasheet
from corpus.errors import CorpusError, PackageGone
from corpus.judges import Judges
from corpus.package_cache import kept_package
from corpus.package_files import MOST_PACKAGE_CHARS
from corpus.pin import Lock, read_lock, write_lock

from .packages_made_up import MIT, WebOf, pin_of, python_source, source, tar_of

JUDGED = source("judged", 12)
ARCHIVES = {
    "one": tar_of({"LICENSE": MIT, "src/a.ts": source("red"), "src/b.ts": source("green"), "dist/a.js": source("compiled"), "README.md": "# One\n" * 500}),
    "two": tar_of({"LICENSE": MIT, "lib/a.js": source("blue"), "lib/same.js": source("red"), "lib/judged.js": JUDGED}),
    "three": tar_of({"LICENSE": MIT, "a.py": python_source("white"), "b.py": python_source("black")}),
    "four": tar_of({"LICENSE": dict(LICENSES)["GPL-3.0"], "a.ts": source("copyleft")}),
    "five": tar_of({"LICENSE": MIT, "main.go": "package main\n\n" + source("gopher").replace("export function", "func")}),
}
PINS = [pin_of(data, name) for name, data in ARCHIVES.items()]
JUDGES = Judges([JUDGED])


def web_of(tmp_path: Path, *gone: str) -> WebOf:
    return WebOf(tmp_path / "archives", {pin.url: ARCHIVES[pin.name] for pin in PINS if pin.name not in gone})


def lines_of(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "corpus.jsonl").read_text().splitlines()]


def test_what_may_stay_is_in_it_and_nothing_else(tmp_path):
    report = build(PINS, JUDGES, web_of(tmp_path), tmp_path, workers=1)
    lines = lines_of(tmp_path)
    names = sorted(line["path"] for line in lines)
    # Of the two that are the same one stays: which, the order of the pins says.
    assert names == [
        *("five-1.0.0-npm/main.go", "one-1.0.0-npm/src/a.ts", "one-1.0.0-npm/src/b.ts"),
        *("three-1.0.0-npm/a.py", "three-1.0.0-npm/b.py", "two-1.0.0-npm/lib/a.js"),
    ]
    assert {*lines[0]} == {"path", "text"}
    assert {*report.languages} == {"typescript", "javascript", "python", "go"}
    assert report.left_out == {"a judge's": 1, "compiled": 1, "duplicate": 1, "licence": 1, "share of the language": 0}
    assert report.files == len(lines)
    assert report.size == sum(len(line["text"].encode()) for line in lines)
    assert report.sha256 == sha256((tmp_path / "corpus.jsonl").read_bytes()).hexdigest()


def test_the_same_pins_make_the_same_bytes(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    reports = [build(pins, JUDGES, web_of(tmp_path), out, workers=workers) for out, pins, workers in ((first, PINS, 1), (second, PINS[::-1], 3))]
    assert (first / "corpus.jsonl").read_bytes() == (second / "corpus.jsonl").read_bytes()
    assert reports[0] == reports[1]


def test_no_package_gives_more_than_its_share(tmp_path):
    words = [f"{a}{b}" for a in "abcdefghij" for b in "klmnopqrst"]
    large = tar_of({"LICENSE": MIT, **{f"src/{word}.ts": source(word, 400) for word in words}})
    pin = pin_of(large, "large")
    report = build([pin], JUDGES, WebOf(tmp_path / "archives", {pin.url: large}), tmp_path, workers=1)
    assert MOST_PACKAGE_CHARS * 0.9 < report.size <= MOST_PACKAGE_CHARS
    assert report.left_out["enough of this package"] > 0


def test_a_package_that_has_vanished_ends_it_unless_it_may_be_missing(tmp_path):
    with pytest.raises(PackageGone, match=r"npm has no two 1\.0\.0 \(any more\)"):
        build(PINS, JUDGES, web_of(tmp_path, "two"), tmp_path, workers=1)
    assert not (tmp_path / "corpus.jsonl").exists()
    report = build(PINS, JUDGES, web_of(tmp_path, "two"), tmp_path, skip_missing=True, workers=1)
    assert report.missing == ["npm-two-1.0.0"]
    assert "npm-two-1.0.0" in datasheet(report)


def test_a_damaged_archive_ends_it(tmp_path):
    broken = b"no archive"
    pin = pin_of(broken, "broken")
    with pytest.raises(CorpusError, match=r"npm-broken-1\.0\.0: its archive is damaged"):
        build([pin], JUDGES, WebOf(tmp_path / "archives", {pin.url: broken}), tmp_path, workers=1)


@pytest.mark.parametrize("moment", ["writing", "renaming"])
def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch, moment):
    (tmp_path / "corpus.jsonl").write_text("before")

    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if moment == "writing":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CorpusError, match="No space left on device"):
        build(PINS, JUDGES, web_of(tmp_path), tmp_path, workers=1)
    assert (tmp_path / "corpus.jsonl").read_text() == "before"
    assert not [*tmp_path.rglob("*.new")]


def test_one_that_is_killed_leaves_what_was_there_and_goes_on_with_what_it_fetched(tmp_path, monkeypatch):
    (tmp_path / "corpus.jsonl").write_text("before")
    web = web_of(tmp_path)
    monkeypatch.setattr(build_module, "balanced", lambda _files: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        build(PINS, JUDGES, web, tmp_path, workers=1)
    assert (tmp_path / "corpus.jsonl").read_text() == "before"
    monkeypatch.undo()
    web.asked.clear()
    build(PINS, JUDGES, web, tmp_path, workers=1)
    assert web.asked == []
    assert len(lines_of(tmp_path)) == 6


def test_the_datasheet_says_what_is_in_it(tmp_path):
    text = datasheet(build(PINS, JUDGES, web_of(tmp_path), tmp_path, workers=1))
    assert "| typescript | 2 |" in text
    assert "| MIT | 4 |" in text
    assert "| licence | 1 |" in text
    assert "Vanished" not in text


def test_one_that_is_killed_while_it_reads_goes_on_with_the_packages_that_were_read(tmp_path):
    web = web_of(tmp_path)
    (tmp_path / "packages").mkdir()
    for pin in PINS[:2]:
        kept_package(pin, web.archive(pin.url, pin.sha256), JUDGES, tmp_path / "packages")
    (tmp_path / "packages" / "0f.jsonl.123.new").write_text("half")
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "packages").glob("*.jsonl")}
    whole = build(PINS, JUDGES, web_of(tmp_path), tmp_path / "fresh", workers=1)
    assert build(PINS, JUDGES, web, tmp_path, workers=1) == whole
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "packages").iterdir()}
    assert len(after) == len(PINS)
    assert before.items() <= after.items()


def test_a_worker_that_is_killed_ends_it_with_words(tmp_path, monkeypatch):
    monkeypatch.setattr(build_module, "kept_package", lambda *_args: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(CorpusError, match="a worker was killed"):
        build(PINS, JUDGES, web_of(tmp_path), tmp_path, workers=1)
    assert not (tmp_path / "corpus.jsonl").exists()


class Command:
    """`python -m corpus build` over the made-up packages."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.lock = folder, folder / "lock.json"
        (folder / "packages.toml").write_text("[packages]\n[leave_out]\n")
        (folder / "judges.jsonl").write_text(json.dumps({"prefix": "", "target": JUDGED, "suffix": ""}) + "\n")
        write_lock(self.lock, Lock(PINS))
        monkeypatch.setattr(command, "Web", lambda _folder: web_of(folder))

    def __call__(self, *more: str) -> int:
        named = {"--packages": "packages.toml", "--lock": "lock.json", "--judges": "judges.jsonl", "--out": "out", "--datasheet": "DATASHEET.md"}
        return main(["build", *(word for name, file in named.items() for word in (name, str(self.folder / file))), "--workers", "1", *more])


def test_the_command_records_what_it_made_and_compares_the_next_time(tmp_path, monkeypatch, capsys):
    run = Command(tmp_path, monkeypatch)
    assert run() == 1
    assert "records no corpus yet" in capsys.readouterr().err
    assert not (tmp_path / "DATASHEET.md").exists()
    assert run("--record") == 0
    recorded = read_lock(run.lock)
    assert recorded.made is not None
    assert recorded.made.sha256 == sha256((tmp_path / "out" / "corpus.jsonl").read_bytes()).hexdigest()
    assert recorded.made.sha256 in (tmp_path / "DATASHEET.md").read_text()
    assert run() == 0
    (tmp_path / "judges.jsonl").write_text(json.dumps({"prefix": "", "target": source("red"), "suffix": ""}) + "\n")
    assert run() == 1
    assert "its judges were others" in capsys.readouterr().err
    assert read_lock(run.lock) == recorded


def test_a_corpus_without_what_vanished_is_not_recorded(tmp_path, monkeypatch, capsys):
    run = Command(tmp_path, monkeypatch)
    monkeypatch.setattr(command, "Web", lambda _folder: web_of(tmp_path, "two"))
    assert run("--record", "--skip-missing") == 1
    assert "nothing was recorded" in capsys.readouterr().err
    assert read_lock(run.lock).made is None


def test_the_command_refuses_a_lock_with_a_judges_package(tmp_path, capsys):
    (tmp_path / "packages.toml").write_text('[packages]\n[leave_out]\nnpm = "one"\n')
    write_lock(tmp_path / "lock.json", Lock(PINS))
    arguments = ["build", "--judges", "none.jsonl", *("--packages", str(tmp_path / "packages.toml")), *("--lock", str(tmp_path / "lock.json"))]
    assert main([*arguments, "--archives", str(tmp_path / "archives"), "--out", str(tmp_path)]) == 1
    assert "pins one, of which judges of the model are made" in capsys.readouterr().err
