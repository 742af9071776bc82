import random

import pytest

from corpus import archives
from corpus.archives import MOST_BYTES, files_in
from corpus.errors import CorpusError

from .packages_made_up import tar_of, zip_of


def read(tmp_path, data):
    path = tmp_path / "archive"
    path.write_bytes(data)
    return dict(files_in(path, "made-up"))


def test_paths_are_below_the_folder_that_all_share(tmp_path):
    assert read(tmp_path, tar_of({"a.ts": "a", "lib/b.ts": "b"})) == {"a.ts": b"a", "lib/b.ts": b"b"}
    deep = zip_of({"LICENSE": "x", "cmd/main.go": "y"}, "github.com/some/module@v1.0.0/")
    assert read(tmp_path, deep) == {"LICENSE": b"x", "cmd/main.go": b"y"}
    assert read(tmp_path, zip_of({"META-INF/LICENSE": "x", "org/A.java": "y"})) == {"META-INF/LICENSE": b"x", "org/A.java": b"y"}


def test_no_path_leads_out(tmp_path):
    found = read(tmp_path, tar_of({"../../etc/passwd": "x", "/root/a.py": "y", "b.py": "z"}, top=""))
    assert not any(".." in path or path.startswith("/") for path in found)


def test_only_what_is_wanted_is_read(tmp_path):
    path = tmp_path / "archive"
    for data in (tar_of({"a.ts": "a", "lib/b.bin": "b"}), zip_of({"top/a.ts": "a", "top/lib/b.bin": "b"})):
        path.write_bytes(data)
        assert files_in(path, "made-up", lambda name: name.endswith(".ts")) == [("a.ts", b"a")]


def test_one_that_unpacks_to_too_much_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES_IN_ALL", 10)
    with pytest.raises(CorpusError, match=r"made-up: more than .* take it out"):
        read(tmp_path, tar_of({"a.ts": "a" * 6, "b.ts": "b" * 6}))


def test_links_and_large_files_are_passed_over(tmp_path):
    import io
    import tarfile

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        link = tarfile.TarInfo("link.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
        for name, size in (("large.py", MOST_BYTES + 1), ("small.py", 3)):
            entry = tarfile.TarInfo(name)
            entry.size = size
            tar.addfile(entry, io.BytesIO(b"x" * size))
    assert list(read(tmp_path, packed.getvalue())) == ["small.py"]


@pytest.mark.parametrize("data", [b"", b"no archive at all", tar_of({"a.ts": random.Random(1).randbytes(50_000)})[:20_000], zip_of({"a.ts": "a" * 5_000})[:60]])
def test_a_damaged_one_says_so(tmp_path, data):
    with pytest.raises(CorpusError, match="made-up: its archive is damaged"):
        read(tmp_path, data)


def test_an_empty_one_holds_nothing(tmp_path):
    assert read(tmp_path, tar_of({})) == {}
