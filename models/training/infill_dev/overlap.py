"""Which files of a package stand in other texts too: by runs of 13 words and signs, without the comments at a file's head, where licences stand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from corpus.errors import CorpusError
from corpus.judges import RUN, WORD
from corpus.runs import runs_of

#: 17 words and signs
PASSAGE_RUNS = 5
HEAD = re.compile(r"\A(?:\s+|#[^\n]*\n|//[^\n]*\n|/\*.*?\*/)+", re.DOTALL)


def body(text: str) -> str:
    """What comes after the comments at the head."""
    return HEAD.sub("", text, count=1)


def runs_in(text: str) -> set[int]:
    return set(runs_of(WORD.findall(text), RUN).tolist())


def seen_runs(files: Mapping[str, str], others: Iterable[str]) -> set[int]:
    """Those runs of the files that stand in any of the other texts."""
    wanted = set().union(*(runs_in(body(text)) for text in files.values()))
    found: set[int] = set()
    for other in others:
        found |= runs_in(other) & wanted
    return found


def share(text: str, found: set[int]) -> float:
    """Which part of a file's runs is among those that were found: 0 to 1."""
    own = runs_in(body(text))
    return len(own & found) / max(1, len(own))


def passages(text: str, found: set[int]) -> list[tuple[int, int]]:
    """[begin, end) of what was found, where so many runs follow one another that it is no idiom; in order, none meets another."""
    words = list(WORD.finditer(text))
    ends: list[tuple[int, int]] = []
    first = None
    for at, run in enumerate([*runs_of([word[0] for word in words], RUN).tolist(), None]):
        if run in found:
            first = at if first is None else first
        elif first is not None:
            if at - first >= PASSAGE_RUNS:
                ends.append((words[first].start(), words[at - 1 + RUN - 1].end()))
            first = None
    merged: list[tuple[int, int]] = []
    for begin, end in ends:
        if merged and begin <= merged[-1][1]:
            begin, _ = merged.pop()
        merged.append((begin, end))
    return merged


def copies(files: Mapping[str, str], most: float) -> list[str]:
    """Names of files of which more than `most` stands in those before them."""
    before: Counter[int] = Counter()
    found = []
    for name, text in files.items():
        own = runs_in(body(text))
        if sum(run in before for run in own) > most * max(1, len(own)):
            found.append(name)
        else:
            before.update(own)
    return found


def texts_of(path: Path) -> Iterator[str]:
    """@param path of a corpus: {"text", …} a line. @raises CorpusError"""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    text = json.loads(line)["text"]
                except (ValueError, KeyError, TypeError) as error:
                    raise CorpusError(f"{path}:{number} is no file of a corpus ({error!r})") from error
                yield text
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} can't be read ({error})") from error
