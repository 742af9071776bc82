import json

import pytest

from corpus.source_maps import sources_in


def paths(map_path: str, *sources: str, root: str = "") -> list[str]:
    content = {"version": 3, "sourceRoot": root, "sources": sources, "sourcesContent": [f"text {at}" for at in range(len(sources))]}
    return [path for path, _ in sources_in([(map_path, json.dumps(content).encode())])]


@pytest.mark.parametrize(
    ("map_path", "source", "path"),
    [
        ("dist/index.js.map", "../src/index.ts", "src/index.ts"),
        ("index.js.map", "./a.ts", "a.ts"),
        ("fesm2022/core.mjs.map", "../../../../packages/core/src/a.ts", "packages/core/src/a.ts"),
        ("dist/index.js.map", "webpack://made-up/./src/a.ts", "src/a.ts"),
        ("dist/index.js.map", "file:///home/someone/a.ts", "home/someone/a.ts"),
        ("dist/index.js.map", "/src/a.ts", "src/a.ts"),
    ],
)
def test_paths_are_below_the_packages_top(map_path, source, path):
    assert paths(map_path, source) == [path]


def test_the_root_of_the_sources_counts():
    assert paths("dist/a.js.map", "a.ts", root="../src") == ["src/a.ts"]


def test_a_source_that_several_files_were_built_of_comes_once():
    content = {"sources": ["../src/a.ts"], "sourcesContent": ["text"]}
    again = {"sources": ["../../lib/src/a.ts"], "sourcesContent": ["text"]}
    maps = [(path, json.dumps(one).encode()) for path, one in (("dist/a.js.map", content), ("esm/a.js.map", content), ("cjs/a.js.map", again))]
    assert list(sources_in(maps)) == [("src/a.ts", b"text")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b'{"sources": ["a.ts"]}',
        b'{"sources": 1, "sourcesContent": 1}',
        b'{"sources": [1], "sourcesContent": [null]}',
        b"\xff",
        b"[" * 99_999,
    ],
)
def test_what_is_no_source_map_gives_nothing(data):
    assert list(sources_in([("a.js.map", data)])) == []


def test_text_that_is_no_unicode_is_text_all_the_same():
    assert list(sources_in([("a.js.map", b'{"sources": ["a.ts"], "sourcesContent": ["\\ud800"]}')])) == [("a.ts", b"?")]
