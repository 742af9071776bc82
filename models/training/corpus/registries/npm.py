"""npm: registry.npmjs.org/NAME/VERSION (docs: github.com/npm/registry/blob/main/docs/REGISTRY-API.md)."""

import json
from urllib.parse import quote

from ..errors import PackageGone
from ..web import NotFound, Web

name = "npm"


def find(web: Web, package: str, version: str | None) -> tuple[str, str]:
    try:
        about = json.loads(web.text(f"https://registry.npmjs.org/{quote(package, safe='@')}/{version or 'latest'}"))
    except NotFound as error:
        raise PackageGone(name, package, version) from error
    return about["version"], about["dist"]["tarball"]
