"""
Debian's source packages, for C, C++ and C#, which have no registry of sources: the upstream archive (`orig`) of a stable release, whose files stay where
they are as long as the release lives.
"""

import lzma
from functools import cache

from ..errors import PackageGone
from ..web import Web

name = "Debian"
MIRROR = "https://deb.debian.org/debian"
SOURCES = f"{MIRROR}/dists/bookworm/main/source/Sources.xz"


def find(web: Web, package: str, version: str | None) -> tuple[str, str]:
    for found, url in listed(web).get(package, ()):
        if version in (None, found):
            return found, url
    raise PackageGone(name, package, version)


@cache
def listed(web: Web) -> dict[str, list[tuple[str, str]]]:
    """package -> [(version, URL of the upstream archive)]"""
    packages: dict[str, list[tuple[str, str]]] = {}
    with lzma.open(web.archive(SOURCES, None), "rt", encoding="utf-8") as sources:
        paragraphs = sources.read().split("\n\n")
    for paragraph in paragraphs:
        fields = dict(line.split(": ", 1) for line in paragraph.splitlines() if ": " in line and not line.startswith(" "))
        files = [line.split()[2] for line in paragraph.splitlines() if line.startswith(" ") and len(line.split()) == 3]
        upstream = [file for file in dict.fromkeys(files) if ".orig.tar." in file and not file.endswith(".asc")]
        if "Package" in fields and len(upstream) == 1:
            url = f"{MIRROR}/{fields['Directory']}/{upstream[0]}"
            packages.setdefault(fields["Package"], []).append((fields["Version"], url))
    return packages
