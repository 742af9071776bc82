"""Reads infill_dev/packages.toml: which packages the set is of, by language."""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus.errors import CorpusError
from corpus.packages import REGISTRIES, Packages, Wanted

#: VS Code's language ids, in the order that the set has them
LANGUAGES = ("typescript", "javascript", "python", "go", "rust", "java")


def read_list(path: Path, corpus: Packages) -> list[tuple[str, Wanted]]:
    """
    (language, package). Only what the corpus leaves out, in any version.
    @param corpus what the training corpus is of
    @raises CorpusError
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        words = [(language, registry, word) for language, table in tables.items() for registry, names in table.items() for word in names.split()]
    except (OSError, tomllib.TOMLDecodeError, AttributeError) as error:
        raise CorpusError(f"{path} is no list of packages ({error!r})") from error
    wanted = []
    for language, registry, word in words:
        if language not in LANGUAGES or registry not in REGISTRIES:
            raise CorpusError(f"{path}: {language}, {registry}: choose from {', '.join(LANGUAGES)}, and from {', '.join(REGISTRIES)}")
        name, at, version = word.rpartition("@")
        one = Wanted(registry, name, version) if at and name else Wanted(registry, word, None)
        if (registry, one.name) not in corpus.left_out:
            raise CorpusError(f"{path}: the corpus may hold {one.name}: name it in leave_out of its packages.toml")
        wanted.append((language, one))
    return wanted
