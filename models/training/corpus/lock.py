"""Pins the packages of packages.toml: version, archive and hash."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree.ElementTree import ParseError

from tqdm import tqdm

from .errors import CorpusError
from .packages import REGISTRIES, Packages, Wanted
from .pin import Pin
from .web import NotFound, Web

#: what reading an answer in JSON, XML or lines raises where it is none
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, ParseError)


def lock(packages: Packages, old: list[Pin], web: Web, *, update: bool = False) -> tuple[list[Pin], list[str]]:
    """
    (pins, what went wrong with those that are not among them). Packages that `old` pins stay as they are.
    @param update takes the newest release of all that have no version of their own
    """
    kept = {} if update else {(pin.registry, pin.name): pin for pin in old}
    pins, problems = [], []

    def pin(wanted: Wanted) -> Pin | str:
        known = kept.get((wanted.registry, wanted.name))
        if known is not None and wanted.version in (None, known.version):
            return known
        try:
            return _pin(wanted, web)
        except CorpusError as error:
            return f"{wanted.registry} {wanted.name}: {error}"
        except NotFound as error:
            return f"{wanted.registry} {wanted.name}: there is no {error}, though its registry names it"
        except UNREADABLE as error:
            return f"{wanted.registry} {wanted.name}: its registry's answer can't be read ({error!r})"

    with ThreadPoolExecutor(4) as pool:
        for result in tqdm(pool.map(pin, packages.wanted), total=len(packages.wanted), unit="package", desc="pinning", disable=None):
            if isinstance(result, Pin):
                pins.append(result)
            else:
                problems.append(result)
    return pins, problems


def _pin(wanted: Wanted, web: Web) -> Pin:
    version, url = REGISTRIES[wanted.registry].find(web, wanted.name, wanted.version)
    path = web.archive(url, None)
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return Pin(wanted.registry, wanted.name, version, url, digest, path.stat().st_size)
