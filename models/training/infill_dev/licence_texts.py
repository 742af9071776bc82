"""The licence of a package, by the text of its licence files, and who asks to be named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from corpus import filters
from corpus.licences import LICENCE_FILE, PERMISSIVE, licences_in

from .overlap import HEAD

#: licence files that the corpus's reader does not know, by the sha256 of their text: read by a person
READ = {
    # d3-drag: the ISC text without its title
    "e008c5e25a6be382593089c29bfabbc553c6378eee02895aec46ce396cc404ee": "ISC",
    # dnspython: the ISC text twice, with two owners
    "c3ea3ff5654b329c19d3bc5f7481af623c3dded4a6145585499f843ad3d741cd": "ISC",
    # wtforms: a page that includes LICENSE.rst
    "c9362a7258a11c84a8f7e825ccbbb5c425c6fc02368d3aee6494533fb99ba1f4": "BSD-3-Clause",
    # bstr: a page that leaves the choice of the two texts beside it
    "68653aaa727a2bfa31b7a751e31701ce33c49d695c12dd291a07d1c54da4c14b": "MIT OR Apache-2.0",
}
NOTICE_FILE = re.compile(r"(^|/)notice(\.\w+)?$", re.IGNORECASE)
NAMES = re.compile(r"\b(Apache|BSD|[AL]?GPL|ISC|MIT|MPL|Mozilla)\b(?! Software Foundation)")
#: with whom or a year behind it: neither the Apache licence's blank form nor its talk of copyright
COPYRIGHT = re.compile(r"^\W*(Copyright\s+(?:(?:\([cC]\)|©|&copy;)\s*)?[\dA-Z].*)$", re.MULTILINE)


def texts_of(everything: Iterable[tuple[str, bytes]]) -> tuple[dict[str, str], dict[str, str]]:
    """(licence files, notices) of a package, by path: those at its root and one folder below"""
    licences, notices = {}, {}
    for path, data in everything:
        if path.count("/") <= 1 and (text := filters.decoded(data)) is not None:
            if LICENCE_FILE.search(path):
                licences[path] = text
            elif NOTICE_FILE.search(path):
                notices[path] = text
    return licences, notices


def licence_of(licences: Mapping[str, str]) -> str | None:
    """SPDX; None where there is no file, or where one is not permissive or not known"""
    found: set[str] = set()
    for text in licences.values():
        names = {READ[digest]} if (digest := sha256(text.encode()).hexdigest()) in READ else licences_in(text)
        if not names or not all(set(name.split(" OR ")) <= PERMISSIVE for name in names):
            return None
        found |= names
    # Rust's packages hold both texts, and leave the choice.
    if found >= {"MIT", "Apache-2.0"}:
        found = found - {"MIT", "Apache-2.0"} | {"MIT OR Apache-2.0"}
    return " AND ".join(sorted(found)) or None


def licence_in_head(text: str) -> str | None:
    """What the comment at a file's head says, for a package whose archive has no licence file."""
    head = HEAD.match(text)
    names = licences_in(head[0]) if head else set()
    return " AND ".join(sorted(names)) if names and names <= PERMISSIVE else None


def names_another(text: str, licence: str) -> bool:
    """Whether the head of a file speaks of a licence that its package's files don't hold: the file came from elsewhere, and what it asks for is not there."""
    head = HEAD.match(text)
    return head is not None and any(name not in licence for name in NAMES.findall(head[0]))


def copyright_in(texts: Iterable[str]) -> list[str]:
    """The lines that say whose it is, each once."""
    lines = (re.sub(r"\s+", " ", line).strip(" *#/") for text in texts for line in COPYRIGHT.findall(text))
    return list(dict.fromkeys(lines))
