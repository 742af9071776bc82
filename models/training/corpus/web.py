"""Fetches, with retries; everything that is fetched once lies in a folder by the hash of its bytes."""

from __future__ import annotations

import os
import tempfile
import time
from hashlib import file_digest, sha256
from pathlib import Path

import httpx

from .errors import CorpusError

#: an archive that is larger holds more than sources
MOST_BYTES = 200 << 20
TRIES = 4


class NotFound(Exception):
    """404 or 410."""


class Web:
    """@param folder of what was fetched; @param wait_s before the first try again, twice as long before each further one"""

    def __init__(self, folder: Path, client: httpx.Client | None = None, wait_s: float = 1) -> None:
        self.folder, self.wait_s = folder, wait_s
        folder.mkdir(parents=True, exist_ok=True)
        self.client = client or httpx.Client(follow_redirects=True, timeout=60, headers={"User-Agent": "unmask-corpus"})

    def text(self, url: str, accept: str = "*/*") -> str:
        """@raises NotFound, CorpusError"""
        return self._get(url, accept).decode()

    def exists(self, url: str) -> bool:
        try:
            return self.client.head(url).status_code == 200
        except httpx.TransportError as error:
            raise CorpusError(f"{url} can't be reached ({error}): run it again") from error

    def archive(self, url: str, expected: str | None) -> Path:
        """
        A file with these bytes: fetched, or from the folder where it is there already.
        @param expected sha256, hex; None where it is not known yet
        @raises NotFound, CorpusError where the bytes are others than pinned, where the disk is full
        """
        if expected is not None and (kept := self.folder / expected).exists():
            with kept.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() == expected:
                    return kept
        data = self._get(url, "*/*")
        found = sha256(data).hexdigest()
        if expected not in (None, found):
            raise CorpusError(f"{url} is not what the lock pins (sha256 {found}, not {expected}): the registry has changed it, or something on the way has")
        return self._keep(self.folder / found, data)

    def _keep(self, path: Path, data: bytes) -> Path:
        """By rename: a run that is killed leaves no half archive under a whole one's name."""
        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as new:
                try:
                    new.write(data)
                except BaseException:
                    os.unlink(new.name)
                    raise
            os.replace(new.name, path)
        except OSError as error:
            raise CorpusError(f"{path} can't be written ({error.strerror}): {len(data) >> 20} MB are wanted there") from error
        return path

    def _get(self, url: str, accept: str) -> bytes:
        reason = ""
        for tried in range(TRIES):
            if tried:
                time.sleep(self.wait_s * 2 ** (tried - 1))
            try:
                with self.client.stream("GET", url, headers={"Accept": accept}) as response:
                    if response.status_code in (404, 410):
                        raise NotFound(url)
                    if response.status_code < 400:
                        return self._read(url, response)
                    reason = f"status {response.status_code}"
                    if response.status_code < 500 and response.status_code != 429:
                        break
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
        raise CorpusError(f"{url} can't be fetched ({reason}): what was fetched so far is kept, run it again")

    @staticmethod
    def _read(url: str, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > MOST_BYTES:
                raise CorpusError(f"{url} has more than {MOST_BYTES >> 20} MB: take that package out of packages.toml")
            parts.append(part)
        return b"".join(parts)
