"""One file a registry: where the newest version of a package lies that has been out for a while, and where its archive is."""

from __future__ import annotations

from typing import Protocol

from ..web import Web


class Registry(Protocol):
    """Gives a package's archive."""

    #: as the lock names it
    name: str

    def find(self, web: Web, package: str, version: str | None) -> tuple[str, str]:
        """(version, URL of the archive with its sources); the newest release where no version is asked for. @raises PackageGone"""
