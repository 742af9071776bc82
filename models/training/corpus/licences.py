"""Which licence a package is under, by the text of its licence files. What its registry's field says is not asked."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from functools import lru_cache

from identify.identify import license_id

#: SPDX names of licences that ask for no more than to be named
PERMISSIVE = frozenset(
    """0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSD-3-Clause-Clear BSL-1.0 BlueOak-1.0.0 CC0-1.0 ISC MIT NCSA PSF-2.0 PostgreSQL UPL-1.0 Unlicense Zlib
    blessing curl""".split()
)
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|unlicense)([-._ ][^/]*)?$", re.IGNORECASE)
#: of code about licences and of data
OTHER_FILE = re.compile(r"\.([cm]?[jt]sx?|py|go|rs|java|cs|[ch]|cc|hh|[ch]pp|sh|json|ya?ml|toml|xml|css)$", re.IGNORECASE)
#: a file that only says in which files the licences are has none of its own
POINTER = re.compile(
    r"^\.\. (literal)?include::|\{(literal)?include\}|^(\.\./)+licen[cs]e|licen[cs]es? found in|dual[- ]licensed under|^see copying\b",
    re.IGNORECASE | re.MULTILINE,
)
MOST_POINTER_CHARS = 500
_BLANK = re.compile(r"[\s/*#;\"'`>]+")


def _plain(text: str) -> str:
    return _BLANK.sub(" ", text).lower()


#: in a file that is none of the known texts as a whole: several of them in one, or one with a foreword
PARTS = tuple(
    (name, _plain(part))
    for name, part in (
        ("MIT", "permission is hereby granted, free of charge, to any person obtaining a copy of this software"),
        ("BSD-3-Clause", "neither the name of"),
        ("BSD-2-Clause", "redistribution and use in source and binary forms, with or without modification, are permitted"),
        ("ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"),
        ("ISC", "permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted, provided"),
        ("Apache-2.0", "licensed under the apache license, version 2.0"),
        ("Apache-2.0", "apache license version 2.0, january 2004"),
        ("Zlib", "altered source versions must be plainly marked as such, and must not be misrepresented as being the original software"),
        ("BlueOak-1.0.0", "blue oak model license version 1.0.0"),
        ("CC0-1.0", "creative commons legal code cc0 1.0 universal"),
        ("blessing", "the author disclaims copyright to this source code. in place of a legal notice, here is a blessing"),
    )
)
#: a text with this in it is curl's own, not ISC's, which it resembles
CURL = "copyright and permission notice copyright (c) 1996"
PSF = "python software foundation license version 2"
#: names that no other permissive text holds
COPYLEFT = re.compile(
    r"\b(A?GPL|LGPL|GNU (affero |lesser |library )?general public|mozilla public|eclipse public|MPL-2|EPL-[12]|SSPL|business source|commons clause|cc[- ]by[- ](sa|nc)|"
    r"non-?commercial)",
    re.IGNORECASE,
)


def is_licence_file(path: str) -> bool:
    return LICENCE_FILE.search(path) is not None and OTHER_FILE.search(path) is None


def licences_of(files: Iterable[tuple[str, str]]) -> set[str] | None:
    """
    SPDX names of the licences that a package's licence files hold; None where one of these is not permissive or not known, or where there are none.
    @param files (path, text) of the whole package: those at its root, one folder below, and in a wheel's dist-info count
    """
    found: set[str] = set()
    for path, text in files:
        if not _speaks_for_all(path) or not is_licence_file(path) or is_pointer(text):
            continue
        if not is_permissive(text):
            return None
        found |= licences_in(text)
    return found or None


def foreign_folders(files: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Folders within a package that bring a licence of their own which is not permissive or not known: "folder/" each."""
    return tuple(
        sorted(
            path[: path.rfind("/") + 1]
            for path, text in files
            if not _speaks_for_all(path) and is_licence_file(path) and not is_pointer(text) and not is_permissive(text)
        )
    )


def _speaks_for_all(path: str) -> bool:
    return path.count("/") <= 1 or ".dist-info/" in path


def is_pointer(text: str) -> bool:
    return len(text) <= MOST_POINTER_CHARS and not COPYLEFT.search(text) and (not text.strip() or POINTER.search(text.strip()) is not None)


def is_permissive(text: str) -> bool:
    names = licences_in(text)
    return bool(names) and names <= PERMISSIVE


@lru_cache(maxsize=256)
def licences_in(text: str) -> frozenset[str]:
    """SPDX names; empty where the text is none that is known"""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if (whole := license_id(file.name)) is not None:
            return frozenset((whole,))
    plain = _plain(text)
    # Python's own speaks of the GPL, with which it is compatible.
    if PSF in plain:
        return frozenset(("PSF-2.0",))
    if COPYLEFT.search(text):
        return frozenset()
    if plain.lstrip().startswith(CURL):
        return frozenset(("curl",))
    names = frozenset(name for name, part in PARTS if part in plain)
    return names - {"BSD-2-Clause"} if "BSD-3-Clause" in names else names
