"""Maven Central: GROUP:ARTIFACT, the archive of its sources."""

import re
from xml.etree import ElementTree

from ..errors import PackageGone
from ..web import NotFound, Web

name = "Maven"
RELEASE = re.compile(r"\d+(\.\d+)*([.-](Final|RELEASE|GA|jre))?")


#: some releases have no sources, or have none yet
TRIES = 4


def find(web: Web, package: str, version: str | None) -> tuple[str, str]:
    group, artifact = package.split(":")
    base = f"https://repo1.maven.org/maven2/{group.replace('.', '/')}/{artifact}"
    if version is not None:
        return version, sources(base, artifact, version)
    try:
        listed = ElementTree.fromstring(web.text(f"{base}/maven-metadata.xml")).iterfind("versioning/versions/version")
    except NotFound as error:
        raise PackageGone(name, package) from error
    released = [text for entry in listed if (text := entry.text) and RELEASE.fullmatch(text)]
    for found in sorted(released, key=numbers, reverse=True)[:TRIES]:
        if web.exists(url := sources(base, artifact, found)):
            return found, url
    raise PackageGone(name, package)


def sources(base: str, artifact: str, version: str) -> str:
    return f"{base}/{version}/{artifact}-{version}-sources.jar"


def numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))
