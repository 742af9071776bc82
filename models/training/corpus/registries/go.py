"""Go modules: a module proxy (go.dev/ref/mod#goproxy-protocol)."""

import re

from ..errors import PackageGone
from ..web import NotFound, Web

name = "Go"
RELEASE = re.compile(r"v(\d+)\.(\d+)\.(\d+)(\+incompatible)?")


def find(web: Web, package: str, version: str | None) -> tuple[str, str]:
    base = f"https://proxy.golang.org/{escaped(package)}/@v"
    if version is None:
        try:
            listed = [found for line in web.text(f"{base}/list").split() if (found := RELEASE.fullmatch(line))]
        except NotFound as error:
            raise PackageGone(name, package) from error
        if not listed:
            raise PackageGone(name, package)
        version = max(listed, key=lambda found: tuple(map(int, found.groups()[:3])))[0]
    return version, f"{base}/{escaped(version)}.zip"


def escaped(text: str) -> str:
    """Capitals are written !c."""
    return re.sub("[A-Z]", lambda found: f"!{found[0].lower()}", text)
