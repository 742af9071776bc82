"""
The sources that a package was compiled from, where its source maps carry them (`sourcesContent`, tc39.es/ecma426): many packages publish their TypeScript
in no other way.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b

#: webpack://name/./src/a.ts, file:///src/a.ts
SCHEME = re.compile(r"^[a-z+-]+://[^/]*/", re.IGNORECASE)


def is_source_map(path: str) -> bool:
    return path.endswith((".js.map", ".mjs.map", ".cjs.map"))


def sources_in(maps: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """(path within the package, text) of each source, the first of a path and of a text, as each is built in several ways; what is no source map gives nothing."""
    paths: set[str] = set()
    texts: set[bytes] = set()
    for map_path, data in maps:
        for source, text in _entries(data):
            path, encoded = _resolved(map_path, source), text.encode("utf-8", "replace")
            digest = blake2b(encoded, digest_size=16).digest()
            if path and path not in paths and digest not in texts:
                paths.add(path)
                texts.add(digest)
                yield path, encoded


def _entries(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        parsed = json.loads(data)
        root, sources, contents = parsed.get("sourceRoot") or "", parsed["sources"], parsed["sourcesContent"]
        pairs = list(zip(sources, contents, strict=False))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    for source, text in pairs:
        if isinstance(source, str) and isinstance(text, str) and isinstance(root, str):
            yield posixpath.join(root, source), text


def _resolved(map_path: str, source: str) -> str:
    """Below the package's top, whatever folders it was built in."""
    path = SCHEME.sub("", source)
    if path == source and not path.startswith("/"):
        path = posixpath.join(posixpath.dirname(map_path), path)
    return "/".join(part for part in posixpath.normpath(path).split("/") if part not in ("", ".", ".."))
