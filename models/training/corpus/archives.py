"""Reads the files of an archive in memory: nothing of it is unpacked, so no path in it can lead anywhere."""

from __future__ import annotations

import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from .errors import CorpusError
from .source_maps import is_source_map

#: no source file is larger
MOST_BYTES = 1 << 20
MOST_MAP_BYTES = 16 << 20
#: and no bomb is unpacked
MOST_BYTES_IN_ALL = 1 << 30


def files_in(archive: Path, label: str, wanted: Callable[[str], object] = lambda _path: True) -> list[tuple[str, bytes]]:
    """
    Each wanted file of at most 1 MB (a source map: 16): its path below the folder that all of the archive's files share, and its bytes; in the order of the paths.
    @param label names the archive in an error
    @raises CorpusError where it is damaged, or holds too much
    """
    names, found, total = [], [], 0
    try:
        for path, read in _zip(archive) if zipfile.is_zipfile(archive) else _tar(archive):
            names.append(path)
            if wanted(path):
                found.append((path, read()))
                total += len(found[-1][1])
                if total > MOST_BYTES_IN_ALL:
                    raise CorpusError(f"{label}: more than {MOST_BYTES_IN_ALL >> 20} MB of sources are in its archive: take it out of packages.toml")
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, OSError, RuntimeError, NotImplementedError) as error:
        raise CorpusError(f"{label}: its archive is damaged ({error}): delete {archive} and run it again") from error
    # Go's modules stand several folders deep.
    shared = os.path.commonpath([os.path.dirname(path) for path in names]) if names else ""
    return sorted((path[len(shared) :].lstrip("/"), data) for path, data in found)


def _tar(archive: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    with tarfile.open(archive) as tar:
        for entry in tar:
            if entry.isfile() and entry.size <= most_bytes(entry.name) and (stream := tar.extractfile(entry)):
                yield _clean(entry.name), stream.read


def _zip(archive: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            if not entry.is_dir() and entry.file_size <= most_bytes(entry.filename):
                with packed.open(entry) as stream:
                    yield _clean(entry.filename), lambda stream=stream: stream.read(MOST_MAP_BYTES)


def most_bytes(path: str) -> int:
    return MOST_MAP_BYTES if is_source_map(path) else MOST_BYTES


def _clean(path: str) -> str:
    return "/".join(part for part in PurePosixPath(path.replace("\\", "/")).parts if part not in ("/", "..", "."))
