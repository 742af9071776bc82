import json
import lzma

import pytest

from corpus import __main__ as command
from corpus.errors import CorpusError
from corpus.lock import lock
from corpus.packages import read_packages
from corpus.pin import Lock, Made, read_lock, write_lock

from .packages_made_up import WebOf, pin_of, tar_of

ARCHIVE = tar_of({"LICENSE": "x"})
MANY = {
    "https://registry.npmjs.org/@scope%2Fa/latest": b'{"version": "2.0.0", "dist": {"tarball": "https://r/a-2.tgz"}}',
    "https://registry.npmjs.org/a/1.0.0": b'{"version": "1.0.0", "dist": {"tarball": "https://r/a-1.tgz"}}',
    "https://pypi.org/simple/my-lib/": json.dumps(
        {
            "files": [
                {"filename": "my_lib-1.9.tar.gz", "url": "https://r/py-1.9"},
                {"filename": "my_lib-1.10-py3-none-any.whl", "url": "https://r/py-whl"},
                {"filename": "my_lib-1.10.tar.gz", "url": "https://r/py-1.10"},
                {"filename": "my_lib-2.0rc1.tar.gz", "url": "https://r/py-rc"},
                {"filename": "my_lib-3.0.tar.gz", "url": "https://r/py-3", "yanked": "broken"},
            ]
        }
    ).encode(),
    "https://index.crates.io/se/rd/serde": b"\n".join(
        json.dumps({"vers": version, "yanked": yanked}).encode()
        for version, yanked in (("1.9.0", False), ("1.10.0", False), ("2.0.0-rc.1", False), ("3.0.0", True))
    ),
    "https://proxy.golang.org/github.com/!some!one/m/@v/list": b"v1.9.0\nv1.10.0\nv2.0.0-beta\n",
    "https://repo1.maven.org/maven2/org/a/b/maven-metadata.xml": b"<m><versioning><versions><version>1.9</version><version>1.10</version><version>2.0-M1</version></versions></versioning></m>",
    "https://repo1.maven.org/maven2/org/a/b/1.10/b-1.10-sources.jar": ARCHIVE,
    "https://deb.debian.org/debian/dists/bookworm/main/source/Sources.xz": lzma.compress(
        b"Package: zlib\nVersion: 1:1.2.13\nDirectory: pool/main/z/zlib\nFiles:\n 0f 10 zlib.dsc\n 0f 10 zlib.orig.tar.bz2\nChecksums-Sha256:\n 0a 10 zlib.orig.tar.bz2\n"
    ),
}
FOUND = ["https://r/a-1.tgz", "https://r/a-2.tgz", "https://r/py-1.10", "https://static.crates.io/crates/serde/serde-1.10.0.crate"]
FOUND += ["https://proxy.golang.org/github.com/!some!one/m/@v/v1.10.0.zip", "https://repo1.maven.org/maven2/org/a/b/1.10/b-1.10-sources.jar"]
FOUND += ["https://deb.debian.org/debian/pool/main/z/zlib/zlib.orig.tar.bz2"]
LIST = """
[packages]
npm = "a@1.0.0 @scope/a"
PyPI = "My.Lib"
"crates.io" = "serde"
Go = "github.com/SomeOne/m"
Maven = "org.a:b"
Debian = "zlib"
[leave_out]
npm = "rxjs"
"""


@pytest.fixture
def listed(tmp_path):
    def write(text):
        path = tmp_path / "packages.toml"
        path.write_text(text)
        return read_packages(path)

    return write


def test_the_newest_release_of_each_registry_is_pinned(tmp_path, listed):
    web = WebOf(tmp_path / "web", MANY | dict.fromkeys(FOUND, ARCHIVE))
    pins, problems = lock(listed(LIST), [], web)
    assert problems == []
    assert [pin.url for pin in pins] == FOUND
    assert {pin.sha256 for pin in pins} == {pin_of(ARCHIVE).sha256}
    assert [pin.label for pin in pins][1] == "npm-@scope+a-2.0.0"
    assert [pin.folder for pin in pins][1] == "@scope+a-2.0.0-npm"


def test_what_is_pinned_stays_until_it_is_updated(tmp_path, listed):
    packages = listed('[packages]\nnpm = "@scope/a"\n[leave_out]\n')
    old = [pin_of(ARCHIVE, "@scope/a")]
    web = WebOf(tmp_path / "web", MANY | {"https://r/a-2.tgz": ARCHIVE})
    assert lock(packages, old, web)[0] == old
    assert web.asked == []
    assert lock(packages, old, web, update=True)[0][0].version == "2.0.0"


def test_what_is_not_there_is_told_and_the_rest_is_pinned(tmp_path, listed):
    packages = listed('[packages]\nnpm = "gone a@1.0.0"\nPyPI = "gone"\n"crates.io" = "gone a ab"\nGo = "gone"\nMaven = "g:gone"\n[leave_out]\n')
    pins, problems = lock(packages, [], WebOf(tmp_path / "web", MANY | {"https://r/a-1.tgz": ARCHIVE}))
    assert [pin.name for pin in pins] == ["a"]
    assert len(problems) == 7
    assert all("(any more)" in problem for problem in problems)


def test_an_archive_that_is_named_and_not_there_is_told(tmp_path, listed):
    pins, problems = lock(listed('[packages]\nnpm = "a@1.0.0"\n[leave_out]\n'), [], WebOf(tmp_path / "web", MANY))
    assert pins == []
    assert problems == ["npm a: there is no https://r/a-1.tgz, though its registry names it"]


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b"\xff", b'{"dist": {}}'])
def test_an_answer_that_is_none_is_told_and_the_rest_is_pinned(tmp_path, listed, answer):
    packages = listed('[packages]\nnpm = "odd a@1.0.0"\nPyPI = "odd"\n"crates.io" = "odd"\nMaven = "g:odd"\n[leave_out]\n')
    odd = ["https://registry.npmjs.org/odd/latest", "https://pypi.org/simple/odd/", "https://index.crates.io/3/o/odd"]
    odd += ["https://repo1.maven.org/maven2/g/odd/maven-metadata.xml"]
    pins, problems = lock(packages, [], WebOf(tmp_path / "web", MANY | {"https://r/a-1.tgz": ARCHIVE} | dict.fromkeys(odd, answer)))
    assert [pin.name for pin in pins] == ["a"]
    assert len(problems) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[packages", "no list of packages"),
        ('[packages]\nnpm = "a"\n', "no list of packages"),
        ('[packages]\nnpm = ["a"]\n[leave_out]\n', "no list of packages"),
        ('[packages]\nCPAN = "a"\n[leave_out]\n', "no registry CPAN"),
        ('[packages]\nPyPI = "Some.Lib"\n[leave_out]\nPyPI = "some-lib"\n', "Some.Lib is wanted, and is to stay out"),
        ('[packages]\nnpm = "rxjs@7.8.1"\n[leave_out]\nnpm = "rxjs"\n', "rxjs is wanted, and is to stay out"),
    ],
)
def test_a_list_that_is_wrong_says_how(listed, text, message):
    with pytest.raises(CorpusError, match=message):
        listed(text)


def test_the_lock_survives_being_written(tmp_path):
    pins = [pin_of(b"b", "b"), pin_of(b"a", "a")]
    path = tmp_path / "corpus.lock.json"
    for made in (None, Made("0f", 2, 3, "0a")):
        write_lock(path, Lock(pins, made))
        assert read_lock(path) == Lock(sorted(pins), made)
        assert len(path.read_text().splitlines()) == len(pins) + 3


@pytest.mark.parametrize("text", ["", "[]", '{"packages": [{"name": "a"}]}', '{"packages": 1}', '{"packages": [], "corpus": {"sha256": "0f"}}', "\xff"])
def test_a_lock_that_is_none_says_so(tmp_path, text):
    path = tmp_path / "corpus.lock.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(CorpusError, match="is no lock of a corpus"):
        read_lock(path)


def test_the_command_pins_and_forgets_the_corpus_only_where_a_pin_changed(tmp_path, monkeypatch, capsys):
    packages, path = tmp_path / "packages.toml", tmp_path / "lock.json"
    packages.write_text('[packages]\nnpm = "a@1.0.0"\n[leave_out]\n')
    monkeypatch.setattr(command, "Web", lambda folder: WebOf(folder, MANY | {"https://r/a-1.tgz": ARCHIVE, "https://r/a-2.tgz": ARCHIVE}))
    arguments = ["lock", "--packages", str(packages), "--lock", str(path), "--archives", str(tmp_path / "archives")]
    assert command.main(arguments) == 0
    made = Made("0f", 2, 3, "0a")
    write_lock(path, Lock(read_lock(path).pins, made))
    assert command.main(arguments) == 0
    assert read_lock(path).made == made
    packages.write_text('[packages]\nnpm = "a@1.0.0 @scope/a gone"\n[leave_out]\n')
    assert command.main(arguments) == 1
    assert "npm gone" in capsys.readouterr().err
    assert [pin.name for pin in read_lock(path).pins] == ["@scope/a", "a"]
    assert read_lock(path).made is None
