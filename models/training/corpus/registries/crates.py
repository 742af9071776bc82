"""crates.io: the sparse index (doc.rust-lang.org/cargo/reference/registry-index.html), and its static host."""

import json

from ..errors import PackageGone
from ..web import NotFound, Web

name = "crates.io"


def find(web: Web, package: str, version: str | None) -> tuple[str, str]:
    try:
        lines = web.text(f"https://index.crates.io/{place(package)}").splitlines()
    except NotFound as error:
        raise PackageGone(name, package, version) from error
    released = [entry["vers"] for entry in map(json.loads, lines) if not entry["yanked"] and "-" not in entry["vers"]]
    if (version is not None and version not in released) or not released:
        raise PackageGone(name, package, version)
    chosen = version or max(released, key=lambda vers: tuple(map(int, vers.split("+")[0].split("."))))
    return chosen, f"https://static.crates.io/crates/{package}/{package}-{chosen}.crate"


def place(package: str) -> str:
    lower = package.lower()
    folders = {1: "1", 2: "2", 3: f"3/{lower[0]}"}.get(len(lower), f"{lower[:2]}/{lower[2:4]}")
    return f"{folders}/{lower}"
