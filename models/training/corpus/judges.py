"""Leaves out what a model is judged by: files that share runs of words with a problem, or that name the sets."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np

from .errors import CorpusError
from .runs import runs_of

WORD = re.compile(r"\w+|[^\w\s]")
#: 13 words and signs in a row (as in GPT-3's report, arXiv:2005.14165, appendix C); two such runs, since one may be an import or a licence
RUN, MOST_SHARED = 13, 1
#: different words that a run must have: rows of signs and of numbers stand in many files
LEAST_WORDS = 4
#: the comments that a file begins with, if they speak of its licence: so do thousands of others
LICENCE_HEAD = re.compile(r"\A(?=.{0,1500}?(licen[cs]e|copyright))\s*(/\*.*?\*/|((//|#)[^\n]*\n)+)", re.IGNORECASE | re.DOTALL)
NAMED = re.compile(r"human[-_ ]?eval(?!u)|\bmbpp\b|has_close_elements", re.IGNORECASE)


class Judges:
    """The problems of some sets. @param problems their texts, each with what stands right around it"""

    def __init__(self, problems: Iterable[str]) -> None:
        each = [_telling_runs(WORD.findall(problem)) for problem in problems]
        #: sorted, each once
        self.runs = np.unique(np.concatenate(each)) if each else np.empty(0, np.uint64)
        #: names what is left out for them
        self.digest = sha256(self.runs.astype("<u8").tobytes()).hexdigest()

    def overlap(self, text: str) -> bool:
        """Whether a file has to stay out of a corpus."""
        if NAMED.search(text):
            return True
        if len(self.runs) == 0:
            return False
        runs = runs_of(WORD.findall(text), RUN)
        shared = self.runs[np.searchsorted(self.runs, runs).clip(max=len(self.runs) - 1)] == runs
        return len(np.unique(runs[shared])) > MOST_SHARED


def _telling_runs(words: list[str]) -> np.ndarray:
    telling = [len({word for word in words[at : at + RUN] if word[0].isalpha() or word[0] == "_"}) >= LEAST_WORDS for at in range(len(words) - RUN + 1)]
    return runs_of(words, RUN)[np.array(telling, bool)]


def read_judges(paths: Iterable[Path]) -> Judges:
    """@param paths of sets in HumanEval-Infilling's format or infill-dev's. @raises CorpusError"""
    return Judges(problem for path in paths for problem in _problems(path))


def _problems(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        yield _text(json.loads(line))
                    except (ValueError, KeyError, TypeError) as error:
                        raise CorpusError(f"{path}:{number} is no problem of an evaluation ({error!r})") from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} can't be read ({error})") from error


def _text(problem: dict[str, str]) -> str:
    if "canonical_solution" in problem:
        return problem["prompt"] + problem["canonical_solution"] + problem["suffix"]
    return LICENCE_HEAD.sub("", problem["prefix"])[-600:] + problem["target"] + problem["suffix"][:300]
