"""Reads the files of an archive in memory: nothing of it is unpacked, so no path in it can lead anywhere."""

from __future__ import annotations

import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .errors import CorpusError

#: no source file is larger, and no bomb is unpacked
MOST_BYTES = 1 << 20


def files_in(archive: Path, label: str) -> Iterator[tuple[str, bytes]]:
    """
    Each file of at most 1 MB: its path below the folder that all of them share, and its bytes; in the order of the paths.
    @param label names the archive in an error
    @raises CorpusError where it is damaged
    """
    try:
        found = sorted(_zip(archive) if zipfile.is_zipfile(archive) else _tar(archive))
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError, OSError, RuntimeError, NotImplementedError) as error:
        raise CorpusError(f"{label}: its archive is damaged ({error}): delete {archive} and run it again") from error
    # Go's modules stand several folders deep.
    shared = os.path.commonpath([os.path.dirname(path) for path, _ in found]) if found else ""
    for path, data in found:
        yield path[len(shared) :].lstrip("/"), data


def _tar(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for entry in tar:
            if entry.isfile() and entry.size <= MOST_BYTES and (stream := tar.extractfile(entry)):
                yield _clean(entry.name), stream.read()


def _zip(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            if not entry.is_dir() and entry.file_size <= MOST_BYTES:
                with packed.open(entry) as stream:
                    yield _clean(entry.filename), stream.read(MOST_BYTES)


def _clean(path: str) -> str:
    return "/".join(part for part in PurePosixPath(path.replace("\\", "/")).parts if part not in ("/", "..", "."))
