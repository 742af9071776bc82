"""Archives of packages that don't exist, and a web that has only these."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import httpx
from identify.vendor.licenses import LICENSES

from corpus.pin import Pin
from corpus.web import Web

MIT = dict(LICENSES)["MIT"]


def tar_of(files: Mapping[str, str | bytes], top: str = "package/") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for path, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(top + path)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


def zip_of(files: Mapping[str, str], top: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, text in files.items():
            archive.writestr(top + path, text)
    return packed.getvalue()


def pin_of(archive: bytes, name: str = "made-up", url: str = "") -> Pin:
    return Pin("npm", name, "1.0.0", url or f"https://registry.example/{name}.tgz", sha256(archive).hexdigest(), len(archive))


def source(name: str, lines: int = 40) -> str:
    """Code that is like no other name's."""
    return "".join(
        f"export function {name}{at}(left: number, right: number): number {{\n  return {name}Table[left + {name}Offset] * right;\n}}\n" for at in range(lines)
    )


def python_source(name: str, lines: int = 40) -> str:
    return "".join(f"def {name}_{chr(97 + at % 26)}(left, right):\n    return {name}_table[left] + {name}_offset * right\n\n" for at in range(lines))


class WebOf(Web):
    """@param pages body by URL; an int is a status; a list is one answer after another"""

    def __init__(self, folder: Path, pages: Mapping[str, object]) -> None:
        self.asked: list[str] = []
        self.pages = {url: list(answer) if isinstance(answer, list) else answer for url, answer in pages.items()}
        super().__init__(folder, httpx.Client(transport=httpx.MockTransport(self._answer)), wait_s=0)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        answer = self.pages.get(url, 404)
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return httpx.Response(answer)
        return httpx.Response(200, content=answer)
