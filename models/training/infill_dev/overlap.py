"""Which files of a package stand in other texts too: by runs of 13 words and signs, without the comments at a file's head, where licences stand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from corpus.errors import CorpusError
from corpus.judges import RUN, WORD

#: 17 words and signs
PASSAGE_RUNS = 5
HEAD = re.compile(r"\A(?:\s+|#[^\n]*\n|//[^\n]*\n|/\*.*?\*/)+", re.DOTALL)


def body(text: str) -> str:
    """What comes after the comments at the head."""
    return HEAD.sub("", text, count=1)


def runs_of(text: str) -> set[bytes]:
    return set(ordered_runs(WORD.findall(text)))


def ordered_runs(words: Sequence[str]) -> Iterator[bytes]:
    for at in range(len(words) - RUN + 1):
        yield blake2b("\0".join(words[at : at + RUN]).encode(), digest_size=8).digest()


def seen_runs(files: Mapping[str, str], others: Iterable[str]) -> set[bytes]:
    """Those runs of the files that stand in any of the other texts."""
    wanted = set().union(*(runs_of(body(text)) for text in files.values()))
    found: set[bytes] = set()
    for other in others:
        found |= runs_of(other) & wanted
    return found


def share(text: str, found: set[bytes]) -> float:
    """Which part of a file's runs is among those that were found: 0 to 1."""
    own = runs_of(body(text))
    return len(own & found) / max(1, len(own))


def passages(text: str, found: set[bytes]) -> list[tuple[int, int]]:
    """[begin, end) of what was found, where so many runs follow one another that it is no idiom; in order, none meets another."""
    words = list(WORD.finditer(text))
    ends: list[tuple[int, int]] = []
    first = None
    for at, run in enumerate([*ordered_runs([word[0] for word in words]), b""]):
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
    before: Counter[bytes] = Counter()
    found = []
    for name, text in files.items():
        own = runs_of(body(text))
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
