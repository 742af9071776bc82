import errno
import os
from pathlib import Path

import pytest

from corpus import package_cache
from corpus.errors import CorpusError
from corpus.judges import Judges
from corpus.package_cache import kept_package, line_of

from .packages_made_up import MIT, pin_of, source, tar_of

ARCHIVE = tar_of({"LICENSE": MIT, "a.ts": source("red"), "b.ts": source("grün"), "dist/c.js": source("c")})
PIN = pin_of(ARCHIVE)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive"
    path.write_bytes(ARCHIVE)
    return path


NO_JUDGES = Judges([])


def made(archive, judges=NO_JUDGES):
    return kept_package(PIN, archive, judges, archive.parent)


def test_what_was_made_is_read_again_and_the_archive_is_not(archive):
    first = made(archive)
    archive.unlink()
    assert made(archive) == first
    assert sorted(line_of(first, file) for file in first.files) == sorted(first.lines.read_bytes().splitlines(keepends=True)[1:])


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: b"", lambda data: b"{}\n", lambda data: data + b"x", lambda data: b"\xff" + data])
def test_one_that_is_damaged_is_made_again(archive, harm):
    first = made(archive)
    whole = first.lines.read_bytes()
    first.lines.write_bytes(harm(whole))
    assert made(archive) == first
    assert first.lines.read_bytes() == whole


def test_other_judges_and_other_rules_make_another(archive, monkeypatch):
    first = made(archive)
    assert made(archive, Judges([source("red")])).lines != first.lines
    monkeypatch.setattr(package_cache, "rules", lambda: "others")
    assert made(archive).lines != first.lines


def test_a_full_disk_is_said_and_leaves_no_half(archive, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CorpusError, match="No space left on device"):
        made(archive)
    assert os.listdir(archive.parent) == ["archive"]


def test_the_rules_are_all_the_modules_that_decide():
    """A module that is not named in it could change without the packages being read anew."""
    named = {path.name for path in package_cache._sources()}
    others = {"__init__.py", "__main__.py", "build.py", "datasheet.py", "errors.py", "lock.py", "packages.py", "replaced.py", "shares.py", "web.py"}
    there = {path.name for path in Path(package_cache.__file__).parent.glob("*.py")}
    assert named | others == there
    assert not named & others
