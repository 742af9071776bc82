"""Where a hole is cut into a file: by characters, not tokens, since people's cursors stand anywhere (FIM-SE, arXiv:2405.17103)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

LONGEST_SPAN, LONG_SPAN = 420, 240
CLOSERS = ")]};:, \"'`"


@dataclass(frozen=True)
class RegionMix:
    """`kinds`: how often each is cut. `long_spans`: the share of spans whose length is drawn evenly up to LONG_SPAN; the others' logarithm is drawn evenly, so half of them are shorter than 21."""

    kinds: Mapping[str, float]
    long_spans: float


MIXES = {
    "first": RegionMix({"rest of line": 0.26, "up to closers": 0.13, "lines": 0.15, "body": 0.11, "span": 0.31, "empty": 0.04}, 0.0),
    "longer": RegionMix({"rest of line": 0.20, "up to closers": 0.10, "lines": 0.20, "body": 0.15, "span": 0.33, "empty": 0.02}, 0.6),
}
"""A recipe names one. "first": the first adapter's, whose wrong answers had too few lines six times as often as too many. "longer": holes of several lines more often."""


@dataclass(frozen=True)
class Region:
    """Characters of a file: the region is start…stop, its whole lines are begin…end (`end`: the line break, or the file's last character)."""

    begin: int
    start: int
    stop: int
    end: int


def cut_region(text: str, random: Random, mix: RegionMix, low: int = 0, high: int | None = None) -> Region:
    """A hole that begins in low…high."""
    high = len(text) if high is None else high
    start = random.randrange(low, max(low + 1, high - 20))
    stop = _line_end(text, start, high)
    kind = random.choices(list(mix.kinds), list(mix.kinds.values()))[0]
    if kind == "up to closers":
        while stop > start and text[stop - 1] in CLOSERS:
            stop -= 1
    elif kind == "lines":
        if random.random() < 0.6:
            start = _line_start(text, start)
        stop = start
        for _ in range(random.randint(1, 8)):
            stop = _line_end(text, stop + 1, len(text))
    elif kind == "body":
        start, stop = _body(text, start, stop, whole=random.random() < 0.3)
    elif kind == "span":
        stop = min(high, start + _span_length(random, mix.long_spans))
    elif kind == "empty":
        stop = start
    if kind in ("rest of line", "up to closers") and random.random() < 0.25:  # the line but its indentation
        start = _line_start(text, start)
        while start < high and text[start] in " \t":
            start += 1
        stop = max(start, stop)
    return Region(_line_start(text, start), start, stop, _line_end(text, stop, len(text) - 1))


def _span_length(random: Random, long_spans: float) -> int:
    if long_spans and random.random() < long_spans:
        return random.randint(1, LONG_SPAN)
    return int(math.exp(random.uniform(0, math.log(LONGEST_SPAN))))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int, most: int) -> int:
    end = text.find("\n", at)
    return most if end < 0 else min(end, most)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _body(text: str, start: int, stop: int, whole: bool, most_lines: int = 14) -> tuple[int, int]:
    """What stands indented under the line of `start`; `whole`: with its own indentation. (start, stop) where nothing does."""
    header_end = text.find("\n", start)
    if header_end < 0:
        return start, stop
    header = _indent(text[_line_start(text, start) : header_end])
    at, last = header_end + 1, header_end + 1
    for _ in range(most_lines):
        line_end = text.find("\n", at)
        if line_end < 0:
            break
        line = text[at:line_end]
        if line.strip() and _indent(line) <= header:
            break
        at = line_end + 1
        if line.strip():
            last = line_end
    if last <= header_end + 1:
        return start, stop
    body = header_end + 1
    if not whole:
        inside = text[body:last]
        body += len(inside) - len(inside.lstrip(" \t"))
    return body, last
