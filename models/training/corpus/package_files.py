"""What one package gives to a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from . import filters, licences, secret_tokens
from .archives import files_in
from .judges import Judges
from .pin import Pin
from .source_maps import is_source_map, sources_in

#: of one package, so that none teaches more than its share
MOST_PACKAGE_CHARS = 1_500_000
#: of a longer file a window stays, so that none is seen much more often than another
MOST_FILE_CHARS, WINDOW_CHARS = 50_000, 45_000


@dataclass(frozen=True)
class SourceFile:
    path: str
    language: str
    text: str


@dataclass
class PackageFiles:
    licences: list[str]
    files: list[SourceFile] = field(default_factory=list)
    #: why files went -> how many
    left_out: Counter[str] = field(default_factory=Counter)


def files_of(pin: Pin, archive: Path, judges: Judges) -> PackageFiles:
    """@raises CorpusError where the archive is damaged"""
    everything = files_in(archive, pin.label, lambda path: filters.language(path) or licences.is_licence_file(path) or is_source_map(path))
    texts = [(path, data.decode("utf-8", "replace")) for path, data in everything if licences.is_licence_file(path)]
    found = licences.licences_of(texts)
    sources = [(path, data) for path, data in everything if filters.language(path) is not None]
    package = PackageFiles(sorted(found or ()))
    if found is None:
        package.left_out["licence"] += len(sources)
        return package
    there = {path for path, _ in sources}
    maps = ((path, data) for path, data in everything if is_source_map(path))
    sources += [(path, data) for path, data in sources_in(maps) if path not in there and filters.language(path) in filters.SCRIPT]
    compiled, foreign = compiled_beside(path for path, _ in sources), licences.foreign_folders(texts)
    room = MOST_PACKAGE_CHARS
    # In an order of the paths' hashes: what does not fit is of no one folder.
    for path, data in sorted(sources, key=lambda file: rank(pin.name, file[0])):
        if path.startswith(foreign):
            text, reason = None, "licence"
        elif path in compiled:
            text, reason = None, "compiled"
        else:
            text, reason = take(path, data, room, judges)
        if text is None:
            package.left_out[reason] += 1
        else:
            room -= len(text)
            package.files.append(SourceFile(f"{pin.folder}/{path}", str(filters.language(path)), text))
    return package


def take(path: str, data: bytes, room: int, judges: Judges) -> tuple[str | None, str]:
    """
    (what stays of the file or None, why it goes): the cheap questions first.
    @param room characters that the package may still give
    """
    if (reason := filters.by_path(path)) is not None:
        return None, reason
    if room < filters.LEAST_CHARS:
        return None, "enough of this package"
    if (text := filters.decoded(data)) is None:
        return None, "not UTF-8"
    if (reason := filters.by_text(text)) is not None:
        return None, reason
    window = windowed(path, text)
    if len(window) > room:
        return None, "enough of this package"
    # A secret outside the window matters no more than a judge's text there.
    if judges.overlap(window):
        return None, "a judge's"
    if secret_tokens.holds_secret(window):
        return None, "secret"
    return window, ""


def compiled_beside(paths: Iterable[str]) -> set[str]:
    """JavaScript whose name a TypeScript file of the package bears too: it was made from that."""
    languages = {path: filters.language(path) for path in paths}
    stems = {stem_of(path) for path, language in languages.items() if language == "typescript" and filters.by_path(path) is None}
    return {path for path, language in languages.items() if language == "javascript" and stem_of(path) in stems}


def stem_of(path: str) -> str:
    return PurePosixPath(path).stem


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
