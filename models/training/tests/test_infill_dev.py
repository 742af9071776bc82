import csv
import gzip
import json
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from identify.vendor.licenses import LICENSES

from corpus.errors import CorpusError
from corpus.judges import Judges
from corpus.packages import read_packages
from infill_dev.__main__ import main
from infill_dev.build import PER_LANGUAGE, Archive, build
from infill_dev.choose import choose
from infill_dev.holes import KINDS, PREFIX_CHARS, SUFFIX_CHARS
from infill_dev.licence_texts import copyright_in, licence_in_head, licence_of, names_another
from infill_dev.lock import Locked, read_lock, write_lock
from infill_dev.notices import table, texts
from infill_dev.overlap import body, copies, passages, seen_runs, share, texts_of
from infill_dev.packages import LANGUAGES, read_list

from .packages_made_up import MIT, WebOf, pin_of, source, tar_of, zip_of

TRAINING = Path(__file__).resolve().parent.parent
DATA = TRAINING.parent.parent / "test/eval/data"
OWNED = MIT.replace("<year> <copyright holders>", "2024 Some One").replace("[year] [fullname]", "2024 Some One")
ONE = tar_of({"LICENSE": OWNED, "src/red.ts": source("red"), "src/green.ts": source("green"), "dist/blue.js": source("blue")})
TWO = tar_of({"LICENSE": OWNED, "src/white.ts": source("white"), "notes.md": "# Two\n"})
LIST = '[typescript]\nnpm = "one two"\n'
CORPUS = '[packages]\n[leave_out]\nnpm = "one two"\n'


def latest(name):
    return json.dumps({"version": "1.0.0", "dist": {"tarball": f"https://registry.example/{name}.tgz"}}).encode()


PAGES = {
    "https://registry.npmjs.org/one/latest": latest("one"),
    "https://registry.npmjs.org/two/latest": latest("two"),
    "https://registry.example/one.tgz": ONE,
    "https://registry.example/two.tgz": TWO,
}


@pytest.fixture
def wanted(tmp_path):
    (tmp_path / "packages.toml").write_text(LIST)
    (tmp_path / "corpus.toml").write_text(CORPUS)
    return read_list(tmp_path / "packages.toml", read_packages(tmp_path / "corpus.toml"))


def chosen(wanted, web, *, judges=(), seen=()):
    return choose(wanted, Judges(judges), lambda: seen, web)


def paths(choice):
    return {package.pin.name: sorted(package.files) for package in choice.packages}


def locked(name, archive, files, language="typescript"):
    return Locked(language, pin_of(archive, name), "MIT", "Copyright (c) 2024 Some One", files)


def test_only_sources_of_the_language_are_chosen(tmp_path, wanted):
    choice = chosen(wanted, WebOf(tmp_path / "web", PAGES))
    assert paths(choice) == {"one": ["src/green.ts", "src/red.ts"], "two": ["src/white.ts"]}
    assert {(package.licence, package.copyright) for package in choice.packages} == {("MIT", "Copyright (c) 2024 Some One")}


def test_what_a_model_has_seen_or_a_judge_asks_is_not_chosen(tmp_path, wanted):
    choice = chosen(wanted, WebOf(tmp_path / "web", PAGES), judges=[source("red", 12)], seen=["unlike\n", source("white", 10)])
    assert paths(choice) == {"one": ["src/green.ts"], "two": []}
    assert choice.left_out["a judge's"] == ["npm-one-1.0.0/src/red.ts"]
    assert choice.left_out["in a corpus"][0].startswith("npm-two-1.0.0/src/white.ts (2")


def test_of_two_that_are_nearly_the_same_one_is_chosen(tmp_path, wanted):
    copy = tar_of({"LICENSE": OWNED, "src/copy.ts": "// Ours.\n" + source("red") + "export const more = 1;\n"})
    choice = chosen(wanted, WebOf(tmp_path / "web", PAGES | {"https://registry.example/two.tgz": copy}))
    assert paths(choice)["two"] == []
    assert choice.left_out["copy"] == ["npm-two-1.0.0/src/copy.ts"]


@pytest.mark.parametrize("licence", [dict(LICENSES)["GPL-3.0"], "Ask us first.\n"])
def test_a_package_that_is_not_permissive_ends_it(tmp_path, wanted, licence):
    other = tar_of({"LICENSE": licence, "src/red.ts": source("red")})
    with pytest.raises(CorpusError, match=r"npm-two-1\.0\.0: its licence files are not known to be permissive"):
        chosen(wanted, WebOf(tmp_path / "web", PAGES | {"https://registry.example/two.tgz": other}))


def test_without_licence_files_the_heads_of_files_speak(tmp_path, wanted):
    head = '/*\n * Copyright (C) 2010 Some Two\n *\n * Licensed under the Apache License, Version 2.0 (the "License");\n */\n'
    bare = tar_of({"notes.md": "# Two\n", "src/white.ts": head + source("white"), "src/black.ts": source("black")})
    choice = chosen(wanted, WebOf(tmp_path / "web", PAGES | {"https://registry.example/two.tgz": bare}))
    two = choice.packages[1]
    assert (list(two.files), two.licence, two.copyright) == (["src/white.ts"], "Apache-2.0", "Copyright (C) 2010 Some Two")


def test_licences():
    apache = dict(LICENSES)["Apache-2.0"]
    assert licence_of({"LICENSE-MIT": MIT, "LICENSE-APACHE": apache}) == "MIT OR Apache-2.0"
    assert licence_of({"LICENSE": MIT, "COPYING": dict(LICENSES)["GPL-3.0"]}) is None
    assert licence_of({}) is None
    assert licence_in_head("import a\n// Licensed under the Apache License, Version 2.0\n") is None
    assert names_another("// Copyright 2009 The Go Authors.\n// Governed by a BSD-style license.\n", "Apache-2.0")
    assert not names_another("// Under the MIT license, by the Apache Software Foundation.\n", "MIT")
    assert not names_another("const MIT = 1;\n", "ISC")
    assert copyright_in([apache]) == []
    assert copyright_in(["Copyright JS Foundation and others\n", "# Copyright © 2015 A <a@b>.\n# © nobody", "Copyright (c) 2012, B\n"]) == [
        *("Copyright JS Foundation and others", "Copyright © 2015 A <a@b>.", "Copyright (c) 2012, B")
    ]


def test_overlap_counts_what_comes_after_the_head():
    head = "/* " + "a licence that many have " * 20 + "*/\n// of ours\n\n"
    assert body(head + "let a = 1;\n") == "let a = 1;\n"
    text = source("red", 10)
    files = {"whole": head + text, "none": head + source("green", 10), "short": "let a\n"}
    found = seen_runs(files, [head, text])
    assert share(files["whole"], found) == 1
    assert share(files["none"], found) < 0.01
    assert share(files["short"], found) == 0
    assert copies({"first": text, "second": head + text, "third": source("green", 10)}, 0.3) == ["second"]


def test_passages_are_longer_than_idioms():
    ours, theirs = source("red", 10), source("green", 4)
    text = ours[:300] + theirs + ours[300:]
    found = seen_runs({"a": text}, [theirs, "\n".join(ours.split("\n")[:1])])
    ((begin, end),) = passages(text, found)
    assert theirs.strip()[30:-30] in text[begin:end]
    assert begin > 250
    assert end < 320 + len(theirs)
    assert passages(text, set()) == []
    assert passages("", found) == []


def test_a_corpus_that_is_none_says_where(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"text": "a"}\n{"path": "b"}\n')
    with pytest.raises(CorpusError, match=r"corpus\.jsonl:2 is no file of a corpus"):
        list(texts_of(path))
    with pytest.raises(CorpusError, match="can't be read"):
        list(texts_of(tmp_path / "missing.jsonl"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[typescript", "no list of packages"),
        ('[typescript]\nnpm = ["one"]\n', "no list of packages"),
        ('typescript = "one"\n', "no list of packages"),
        ('[cobol]\nnpm = "one"\n', "cobol, npm: choose from"),
        ('[typescript]\nCPAN = "one"\n', "typescript, CPAN: choose from"),
        ('[typescript]\nnpm = "one@1.0.0 three@1.0.0"\n', "the corpus may hold three"),
    ],
)
def test_a_list_that_is_wrong_says_how(tmp_path, wanted, text, message):
    (tmp_path / "packages.toml").write_text(text)
    with pytest.raises(CorpusError, match=message):
        read_list(tmp_path / "packages.toml", read_packages(tmp_path / "corpus.toml"))


def test_the_lock_survives_being_written(tmp_path):
    packages = [replace(locked("one", ONE, {"src/red.ts": 3}), closed={"src/red.ts": [(1, 2), (5, 9)]}), locked("two", TWO, {}, "python")]
    write_lock(tmp_path / "lock.json", packages)
    assert read_lock(tmp_path / "lock.json") == packages[::-1]


@pytest.mark.parametrize("text", ["", "[]", '{"packages": [{"name": "a"}]}', '{"packages": 1}', '{"packages": ["a"]}'])
def test_a_lock_that_is_none_says_so(tmp_path, text):
    (tmp_path / "lock.json").write_text(text)
    with pytest.raises(CorpusError, match="is no lock of this set"):
        read_lock(tmp_path / "lock.json")


def command(tmp_path, *arguments):
    options = {"packages": "packages.toml", "corpus-packages": "corpus.toml", "lock": "lock.json", "archives": "web"}
    return main([arguments[0], *(text for name, file in options.items() for text in (f"--{name}", str(tmp_path / file))), *map(str, arguments[1:])])


def test_the_same_lock_makes_the_same_bytes(tmp_path, wanted, monkeypatch):
    web = WebOf(tmp_path / "web", PAGES)
    monkeypatch.setattr("infill_dev.__main__.Web", lambda _folder: web)
    (tmp_path / "seen.jsonl").write_text('{"text": "unlike"}\n')
    (tmp_path / "judges.jsonl").write_text('{"prefix": "", "target": "", "suffix": ""}\n')
    assert command(tmp_path, "lock", "--seen", tmp_path / "seen.jsonl", "--judges", tmp_path / "judges.jsonl") == 0
    first, second = tmp_path / "a/set.jsonl.gz", tmp_path / "b/set.jsonl.gz"
    assert [command(tmp_path, "build", "--count", 8, "--out", out) for out in (first, second)] == [0, 0]
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[4:8] == b"\0\0\0\0"
    assert (tmp_path / "a/set.licences.txt").read_bytes() == (tmp_path / "b/set.licences.txt").read_bytes()


def test_files_are_written_as_the_evaluation_wants_them(tmp_path, wanted, monkeypatch):
    monkeypatch.setattr("infill_dev.__main__.Web", lambda _folder: WebOf(tmp_path / "web", PAGES))
    write_lock(tmp_path / "lock.json", [locked("one", ONE, {"src/red.ts": len(source("red")), "src/green.ts": len(source("green"))})])
    assert command(tmp_path, "build", "--count", 4, "--out", tmp_path / "set.jsonl.gz", "--files", tmp_path / "files") == 0
    items = [json.loads(line) for line in gzip.decompress((tmp_path / "set.jsonl.gz").read_bytes()).splitlines()]
    for item in items:
        assert item["prefix"] + item["target"] + item["suffix"] in (tmp_path / "files" / item["source"]).read_text()
    assert not list((tmp_path / "files").rglob("*.js"))


def test_a_lock_with_a_package_that_is_not_listed_is_refused(tmp_path, wanted, capsys):
    write_lock(tmp_path / "lock.json", [locked("three", ONE, {})])
    assert command(tmp_path, "build", "--out", tmp_path / "set.jsonl.gz") == 1
    assert "pins three, which" in capsys.readouterr().err


def test_a_package_that_has_vanished_ends_it(tmp_path):
    with pytest.raises(CorpusError, match=r"npm has no one 1\.0\.0 \(any more\): name another package in infill_dev"):
        build([locked("one", ONE, {"src/red.ts": 1})], WebOf(tmp_path / "web", {}), 1)


@pytest.mark.parametrize("page", ["https://registry.npmjs.org/two/latest", "https://registry.example/two.tgz"])
def test_a_package_that_has_vanished_is_not_locked(tmp_path, wanted, page):
    pages = {url: answer for url, answer in PAGES.items() if url != page}
    with pytest.raises(CorpusError, match=r"npm has no two \(any more\): name another package in infill_dev"):
        chosen(wanted, WebOf(tmp_path / "web", pages))


@pytest.mark.parametrize("broken", [b"no archive", ONE[:200], zip_of({"a.ts": "a" * 5_000})[:60]])
def test_a_damaged_archive_ends_it(tmp_path, broken):
    package = locked("one", broken, {"src/red.ts": 1})
    with pytest.raises(CorpusError, match=r"npm-one-1\.0\.0: its archive is damaged"):
        build([package], WebOf(tmp_path / "web", {package.pin.url: broken}), 1)


def test_an_archive_that_is_another_ends_it(tmp_path):
    package = locked("one", ONE, {"src/red.ts": 1})
    with pytest.raises(CorpusError, match="is not what the lock pins"):
        build([package], WebOf(tmp_path / "web", {package.pin.url: TWO}), 1)


@pytest.mark.parametrize("files", [{"src/gone.ts": 10}, {"src/red.ts": 10}])
def test_a_lock_that_does_not_fit_its_archive_ends_it(tmp_path, files):
    package = locked("one", ONE, files)
    with pytest.raises(CorpusError, match=r"npm-one-1\.0\.0 holds no src/\w+\.ts of 10 characters"):
        build([package], WebOf(tmp_path / "web", {package.pin.url: ONE}), 1)


def test_a_licence_that_two_packages_share_stands_once(tmp_path):
    packages = [locked(name, data, {f"src/{file}.ts": len(source(file))}) for name, data, file in (("one", ONE, "red"), ("two", TWO, "white"))]
    web = WebOf(tmp_path / "web", PAGES)
    text = texts([Archive(package, web) for package in packages])
    assert text.count("Permission is hereby granted") == 1
    assert text.count("Copyright (c) 2024 Some One") >= 2
    assert "--- LICENSE: the same text as one's LICENSE" in text


def test_a_head_stands_for_a_licence_file_that_is_not_there(tmp_path):
    text = "/* Copyright 2010 Some Two\n * Licensed under the Apache License, Version 2.0 */\n" + source("red")
    bare = tar_of({"notes.md": "", "red.ts": text})
    package = locked("one", bare, {"red.ts": len(text)})
    assert "* Licensed under the Apache License" in texts([Archive(package, WebOf(tmp_path / "web", {package.pin.url: bare}))])


# The set that is committed.


@pytest.fixture(scope="module")
def items():
    return [json.loads(line) for line in gzip.decompress((DATA / "infill-dev-six.jsonl.gz").read_bytes()).decode().splitlines()]


def test_the_set_is_balanced_and_whole(items):
    assert Counter((item["language"], item["kind"]) for item in items) == {(language, kind): PER_LANGUAGE // 4 for language in LANGUAGES for kind in KINDS}
    assert len({item["id"] for item in items}) == len(items)
    assert len({(item["prefix"][-100:], item["target"]) for item in items}) == len(items)
    for item in items:
        assert list(item) == ["id", "language", "kind", "source", "prefix", "suffix", "target"]
        assert item["target"].strip()
        assert 0 < len(item["prefix"]) <= PREFIX_CHARS
        assert 0 < len(item["suffix"]) <= SUFFIX_CHARS


@pytest.mark.parametrize("limit", [48, 60, 75, 80, 100, 120, 150, 200, 240, 300, 400, 600])
def test_evenly_spaced_items_have_all_kinds(items, limit):
    # As the evaluation's readProblems takes them.
    taken = Counter(items[at * len(items) // limit]["kind"] for at in range(limit))
    assert len(taken) == len(KINDS)
    assert min(taken.values()) >= 0.13 * limit


def test_the_set_is_of_what_the_lock_pins_and_the_corpus_leaves_out(items):
    packages = read_lock(DATA / "infill-dev-six.lock.json")
    left_out = read_packages(TRAINING / "packages.toml").left_out
    assert {(package.pin.registry, package.pin.name) for package in packages} <= left_out
    sources = {f"{package.pin.label}/package/{path}" for package in packages for path in package.files}
    assert {item["source"] for item in items} <= sources


def test_the_page_and_the_licences_name_every_package():
    packages = read_lock(DATA / "infill-dev-six.lock.json")
    page, licences = (DATA / "README.md").read_text(), (DATA / "infill-dev-six.licences.txt").read_text()
    cells = {tuple(cell.strip() for cell in row[1:-1]) for row in csv.reader(page.splitlines(), delimiter="|") if len(row) == 7}
    assert {tuple(cell.strip() for cell in row[1:-1]) for row in csv.reader(table(packages).splitlines()[2:], delimiter="|")} <= cells
    for package in packages:
        if package.files:
            assert f"{package.pin.registry}: {package.pin.name} {package.pin.version}\n" in licences
            assert all(f"{line}\n" in licences for line in package.copyright.split("; "))
    assert all(f"- {package.pin.name}: {package.copyright}\n" in page for package in packages if package.files)
    assert sha256((DATA / "infill-dev-six.jsonl.gz").read_bytes()).hexdigest() in page
