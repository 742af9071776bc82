"""PyPI: the simple index in JSON (PEP 691). The source archive, since a wheel may lack the licence's file; else a wheel without compiled parts."""

import json

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from ..errors import PackageGone
from ..web import NotFound, Web

name = "PyPI"


def find(web: Web, package: str, version: str | None) -> tuple[str, str]:
    try:
        about = json.loads(web.text(f"https://pypi.org/simple/{canonicalize_name(package)}/", "application/vnd.pypi.simple.v1+json"))
    except NotFound as error:
        raise PackageGone(name, package, version) from error
    files = [(found, file) for file in about["files"] if not file.get("yanked") and (found := version_of(file["filename"])) is not None]
    wanted = Version(version) if version else max((found for found, _ in files if not found.is_prerelease), default=None)
    named = {file["filename"]: file["url"] for found, file in files if found == wanted}
    sources = [url for filename, url in named.items() if filename.endswith((".tar.gz", ".zip"))]
    sources += [url for filename, url in named.items() if filename.endswith("-none-any.whl")]
    if not sources:
        raise PackageGone(name, package, version)
    return str(wanted), sources[0]


def version_of(filename: str) -> Version | None:
    """of `name-1.2.tar.gz` or `name-1.2-py3-none-any.whl`; None for others"""
    if filename.endswith(".whl"):
        text = filename.split("-")[1]
    elif filename.endswith((".tar.gz", ".zip")):
        text = filename.removesuffix(".tar.gz").removesuffix(".zip").rsplit("-", 1)[-1]
    else:
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None
