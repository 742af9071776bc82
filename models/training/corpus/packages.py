"""Reads packages.toml: which packages a corpus is of, and which stay out of it in any version, since a judge of the model is made from them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import CorpusError
from .registries import crates, debian, go, maven, npm, pypi

REGISTRIES = {module.name: module for module in (npm, pypi, crates, go, maven, debian)}


@dataclass(frozen=True)
class Wanted:
    registry: str
    name: str
    #: None: the newest release
    version: str | None


@dataclass(frozen=True)
class Packages:
    wanted: tuple[Wanted, ...]
    #: (registry, name)
    left_out: frozenset[tuple[str, str]]

    def leaves_out(self, registry: str, name: str) -> bool:
        """Whether it does, in any spelling: registries take several for one name."""
        return (registry, plain(name)) in self._plain

    @cached_property
    def _plain(self) -> frozenset[tuple[str, str]]:
        return frozenset((registry, plain(name)) for registry, name in self.left_out)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_packages(path: Path) -> Packages:
    """@raises CorpusError where the list can't be read or contradicts itself"""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        left_out = frozenset((registry, name) for registry, names in tables["leave_out"].items() for name in names.split())
        wanted = tuple(_wanted(registry, word) for registry, names in tables["packages"].items() for word in names.split())
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise CorpusError(f"{path} is no list of packages ({error!r})") from error
    packages = Packages(wanted, left_out)
    for one in wanted:
        if one.registry not in REGISTRIES:
            raise CorpusError(f"{path}: there is no registry {one.registry}: choose from {', '.join(REGISTRIES)}")
        if packages.leaves_out(one.registry, one.name):
            raise CorpusError(f"{path}: {one.name} is wanted, and is to stay out: a judge of the model is made from it")
    return packages


def _wanted(registry: str, word: str) -> Wanted:
    """`name`, or `name@version`; npm's scopes begin with an @ themselves"""
    name, at, version = word.rpartition("@")
    return Wanted(registry, name, version) if at and name else Wanted(registry, word, None)
