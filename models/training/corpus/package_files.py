"""What one package gives to a corpus."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from . import filters, licences, secret_tokens
from .archives import files_in
from .judges import Judges
from .pin import Pin

#: of one package, so that none teaches more than its share
MOST_PACKAGE_CHARS = 1_500_000
#: of a longer file a window stays, so that none is seen much more often than another
MOST_FILE_CHARS, WINDOW_CHARS = 50_000, 45_000


@dataclass(frozen=True)
class SourceFile:
    path: str
    language: str
    text: str


@dataclass(frozen=True)
class Taken:
    #: None: the file is left out
    text: str | None
    reason: str


@dataclass
class PackageFiles:
    pin: Pin
    licences: list[str]
    files: list[SourceFile] = field(default_factory=list)
    #: why files went -> how many
    left_out: Counter[str] = field(default_factory=Counter)


def files_of(pin: Pin, archive: Path, judges: Judges) -> PackageFiles:
    """@raises CorpusError where the archive is damaged"""
    everything = list(files_in(archive, pin.label))
    texts = ((path, text) for path, data in everything if licences.LICENCE_FILE.search(path) and (text := filters.decoded(data)) is not None)
    found = licences.licences_of(texts)
    package = PackageFiles(pin, sorted(found or ()))
    if found is None:
        package.left_out["licence"] += sum(filters.language(path) is not None for path, _ in everything)
        return package
    room = MOST_PACKAGE_CHARS
    # In an order of the paths' hashes: what does not fit is of no one folder.
    for path, data in sorted(everything, key=lambda file: rank(pin.name, file[0])):
        language = filters.language(path)
        if language is None:
            continue
        taken = take(path, data, room, judges)
        if taken.text is None:
            package.left_out[taken.reason] += 1
        else:
            room -= len(taken.text)
            package.files.append(SourceFile(f"{pin.label}/{path}", language, taken.text))
    return package


def take(path: str, data: bytes, room: int, judges: Judges) -> Taken:
    """@param room characters that the package may still give"""
    text = filters.decoded(data)
    if text is None:
        return Taken(None, "not UTF-8")
    if (reason := filters.by_path(path) or filters.by_text(text)) is not None:
        return Taken(None, reason)
    window = windowed(path, text)
    if len(window) > room:
        return Taken(None, "enough of this package")
    # The dear ones last; a secret outside the window matters no more than a judge's text there.
    if judges.overlap(window):
        return Taken(None, "a judge's")
    if secret_tokens.holds_secret(window):
        return Taken(None, "secret")
    return Taken(window, "")


def rank(*parts: str) -> bytes:
    """Shuffles the same way each time, and each file for itself: what is added elsewhere moves nothing."""
    return blake2b("\0".join(parts).encode(), digest_size=8).digest()


def windowed(path: str, text: str) -> str:
    """Whole lines of it."""
    if len(text) <= MOST_FILE_CHARS:
        return text
    start = text.find("\n", int.from_bytes(rank(path)) % (len(text) - WINDOW_CHARS)) + 1
    cut = text[start : start + WINDOW_CHARS]
    return cut[: cut.rfind("\n") + 1]
