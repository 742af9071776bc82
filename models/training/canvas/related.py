"""Pieces of a package's other files that stand before P: definitions of names near the cursor, as src/context sends them."""

from __future__ import annotations

import re
from collections import defaultdict
from random import Random

from .source_files import SourceFile

DEFINITION = re.compile(
    r"^[ \t]*(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:public\s+|private\s+|protected\s+|static\s+|abstract\s+|async\s+|final\s+|unsafe\s+|declare\s+)*"
    r"(?:def|class|function\*?|const|interface|type|enum|func(?:\s*\([^)]*\))?|fn|struct|trait|impl)\s+(\w{4,})",
    re.MULTILINE,
)
WORD = re.compile(r"[A-Za-z_]\w{3,}")
READ_CHARS = 60_000
COMMON = 4
"""A name that so many places define says little."""


class Related:
    def __init__(self, files: list[SourceFile]) -> None:
        self.files = files
        self.packages: dict[str, list[int]] = defaultdict(list)
        self.index: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for i, file in enumerate(files):
            self.packages[file.package].append(i)

    def pieces(self, of: int, around: str, random: Random, most: int) -> list[tuple[str, str]]:
        """At most `most` (path, piece) of other files of file `of`'s package, the likeliest to matter last. `around`: the text near the cursor, nearest last."""
        package = self.files[of].package
        defined, found, seen = self._definitions(package), [], set()
        for word in reversed(WORD.findall(around)):
            if word in seen:
                continue
            seen.add(word)
            places = defined.get(word, ())
            # what the file itself defines the extension does not look for elsewhere
            if 0 < len(places) < COMMON and all(file != of for file, _ in places):
                file, at = random.choice(places)
                found.append((file, self._piece(file, at, random)))
            if len(found) >= most:
                break
        if not found and random.random() < 0.5:
            other = random.choice(self.packages[package])
            if other != of:
                text = self.files[other].text
                found.append((other, self._piece(other, text.rfind("\n", 0, random.randrange(len(text))) + 1, random)))
        return [(self.files[file].path, piece) for file, piece in reversed(found)]

    def _definitions(self, package: str) -> dict[str, list[tuple[int, int]]]:
        if package not in self.index:
            defined: dict[str, list[tuple[int, int]]] = defaultdict(list)
            for i in self.packages[package]:
                for match in DEFINITION.finditer(self.files[i].text, 0, READ_CHARS):
                    if len(defined[match[1]]) < COMMON:
                        defined[match[1]].append((i, match.start()))
            self.index[package] = dict(defined)
        return self.index[package]

    def _piece(self, file: int, at: int, random: Random) -> str:
        """From there to the end of what is indented under it, 6 to 28 lines at most."""
        text, lines, most, indent = self.files[file].text, [], random.randint(6, 28), None
        while len(lines) < most and at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line, at = text[at:end], end + 1
            if line.strip():
                width = len(line) - len(line.lstrip())
                if indent is None:
                    indent = width
                elif width < indent or (width == indent and len(lines) > 2 and line.lstrip()[0] not in ")]}"):
                    break
            lines.append(line)
        return "\n".join(lines).rstrip() + "\n"


def sent_path(path: str) -> str:
    """The end of a path, as the engine shows it to the model (src/diffusion/aheadTokens.ts)."""
    return "/".join(path.split("/")[-2:])
