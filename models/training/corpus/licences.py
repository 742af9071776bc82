"""Which licence a package is under, by the text of its licence files. What its registry's field says is not asked."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable

from identify.identify import license_id

#: SPDX names of licences that ask for no more than to be named
PERMISSIVE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSD-3-Clause-Clear BSL-1.0 CC0-1.0 ISC MIT NCSA PSF-2.0 PostgreSQL UPL-1.0 Unlicense Zlib".split()
)
LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|unlicense)([-._ ][^/]*)?$", re.IGNORECASE)
#: in a file that is none of the known texts as a whole: several of them in one, or one with a foreword
PARTS = (
    ("MIT", "permission is hereby granted, free of charge, to any person obtaining a copy of this software"),
    ("BSD-3-Clause", "neither the name of"),
    ("BSD-2-Clause", "redistribution and use in source and binary forms, with or without modification, are permitted"),
    ("ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted"),
    ("Apache-2.0", "licensed under the apache license, version 2.0"),
    ("Apache-2.0", "apache license version 2.0, january 2004"),
)
PSF = "python software foundation license version 2"
#: names that no other permissive text holds
COPYLEFT = re.compile(
    r"\b(A?GPL|LGPL|GNU (affero |lesser |library )?general public|mozilla public|eclipse public|MPL-2|EPL-[12]|SSPL|business source|commons clause|cc[- ]by[- ](sa|nc)|"
    r"non-?commercial)",
    re.IGNORECASE,
)


def licences_of(files: Iterable[tuple[str, str]]) -> set[str] | None:
    """
    SPDX names of the licences that a package's licence files hold; None where one of these is not permissive or not known, or where there are none.
    @param files (path, text) of the whole package: those at its root and one folder below count
    """
    found: set[str] = set()
    for path, text in files:
        if path.count("/") > 1 or not LICENCE_FILE.search(path):
            continue
        names = licences_in(text)
        if not names or not names <= PERMISSIVE:
            return None
        found |= names
    return found or None


def licences_in(text: str) -> set[str]:
    """SPDX names; empty where the text is none that is known"""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if (whole := license_id(file.name)) is not None:
            return {whole}
    plain = re.sub(r"[\s/*#;\"'`]+", " ", text).lower()
    # Python's own speaks of the GPL, with which it is compatible.
    if PSF in plain:
        return {"PSF-2.0"}
    if COPYLEFT.search(text):
        return set()
    names = {name for name, part in PARTS if part in plain}
    return names - {"BSD-2-Clause"} if "BSD-3-Clause" in names else names
