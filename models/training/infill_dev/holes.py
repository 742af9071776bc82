"""
Where a hole begins and ends: infill-dev's recipe, as its 300 items and the files they are from show it.

A character of the file is drawn, so a long line is met more often than a short one; at least 200 characters stand before it and behind it. Its line is not
blank, begins no comment, lies in none (`/* */`), and is no import. Then, by kind:

- rest-of-line: from that character to the line's end; at least 2 characters of the line stand before it, at least 6 are asked for
- line: that line without its indentation, at least 5 characters
- lines: 2 to 5 whole lines from that line on, as many as drawn; later ones may be blank or comments
- span: 6 to 100 characters from that one on, as many as drawn

No line that is asked for ends in white space: whether it does, nobody can know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

KINDS = ("rest-of-line", "line", "lines", "span")
#: characters of the file around the target that an item keeps
PREFIX_CHARS, SUFFIX_CHARS = 3_000, 1_500
MARGIN_CHARS = 200
#: of a file; both margins and something between
LEAST_FILE_CHARS = 1_500
LEAST_TYPED_CHARS, LEAST_REST_CHARS, LEAST_LINE_CHARS = 2, 6, 5
LINES, SPAN_CHARS = (2, 5), (6, 100)
#: how a line begins that is a comment, or within one; a star alone begins a line of code in Python, Go and Rust too
HASH_COMMENT, SLASH_COMMENT = re.compile("#"), re.compile(r"//|/\*|\*/|\*(\s|$)")
IMPORT = re.compile(r"(import|from|package|(pub )?use|extern crate)\s|([\w.]+ )?\"[\w./-]+\"$")
BLOCK_COMMENT = re.compile(r"^[ \t]*/\*", re.MULTILINE)
JOINERS = frozenset("\u200d\ufe0e\ufe0f")


@dataclass(frozen=True)
class Hole:
    """[begin, end) of a text, in code points."""

    begin: int
    end: int

    def touches(self, others: Iterable[Hole]) -> bool:
        return any(self.begin < other.end and other.begin < self.end for other in others)


def draw(text: str, language: str, kind: str, random: Random) -> Hole | None:
    """A hole at a drawn place; None where that place is not for this kind. @param text of at least LEAST_FILE_CHARS"""
    hole = hole_at(text, language, kind, random.randrange(MARGIN_CHARS, len(text) - MARGIN_CHARS), random)
    if hole is None or splits_character(text, hole.begin) or splits_character(text, hole.end):
        return None
    return hole


def hole_at(text: str, language: str, kind: str, at: int, random: Random) -> Hole | None:
    start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    if line_end < 0:
        return None
    line = text[start:line_end]
    code = line.strip()
    comment = HASH_COMMENT if language == "python" else SLASH_COMMENT
    if not code or comment.match(code) or IMPORT.match(code) or (language != "python" and in_block_comment(text, at)):
        return None
    first = start + len(line) - len(line.lstrip())
    if kind == "rest-of-line":
        good = at - first >= LEAST_TYPED_CHARS and line_end - at >= LEAST_REST_CHARS
        return _unpadded(text, Hole(at, line_end)) if good else None
    if kind == "line":
        return _unpadded(text, Hole(first, line_end)) if len(code) >= LEAST_LINE_CHARS else None
    if kind == "lines":
        end = line_end
        for _ in range(random.randint(*LINES) - 1):
            end = text.find("\n", end + 1)
            if end < 0:
                return None
        return _unpadded(text, Hole(start, end))
    hole = Hole(at, at + random.randint(*SPAN_CHARS))
    return hole if hole.end < len(text) and text[hole.begin : hole.end].strip() else None


def _unpadded(text: str, hole: Hole) -> Hole | None:
    """Nothing where one of its lines ends in white space."""
    return None if re.search(r"[^\S\n]$", text[hole.begin : hole.end], re.MULTILINE) else hole


def in_block_comment(text: str, at: int) -> bool:
    """By the last one that begins a line: a `/*` behind code may stand in a string."""
    opened = max((found.end() for found in BLOCK_COMMENT.finditer(text, 0, at)), default=None)
    return opened is not None and text.find("*/", opened, at) < 0


def splits_character(text: str, at: int) -> bool:
    """Whether what a reader takes for one character stands on both sides: a letter and its accent, an emoji and its parts."""
    if not 0 < at < len(text):
        return False
    return text[at] in JOINERS or text[at - 1] == "\u200d" or unicodedata.category(text[at]) in ("Mn", "Me") or "\U0001f3fb" <= text[at] <= "\U0001f3ff"
