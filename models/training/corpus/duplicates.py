"""Leaves out files that are there already: the same but for white space, or nearly the same (MinHash over runs of five words, datasketch)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha1

import numpy as np
from datasketch import MinHash, MinHashLSH

from .runs import runs_of

WORD = re.compile(r"\w+")
SHINGLE, PERMUTATIONS, SIMILAR = 5, 64, 0.8
SCHEME, SEED = "affine32", 1
#: the permutations are the same in all sketches: made once
_EMPTY = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME, hashfunc=int)


@dataclass(frozen=True)
class Sketch:
    """All that is needed of a file to find its duplicates: made beside the file, compared in one place."""

    #: hash of the text without white space, hex
    exact: str
    #: MinHash, hex of [PERMUTATIONS] little-endian uint32
    near: str


def sketch_of(text: str) -> Sketch:
    words = WORD.findall(text)
    runs = np.unique(runs_of(words, min(SHINGLE, max(1, len(words)))) >> np.uint64(32))
    sketch = MinHash(seed=SEED, scheme=SCHEME, hashfunc=int, permutations=_EMPTY.permutations, num_perm=PERMUTATIONS)
    sketch.update_batch(runs.tolist())
    return Sketch(sha1("".join(text.split()).encode()).hexdigest(), sketch.hashvalues.astype("<u4").tobytes().hex())


class Duplicates:
    """Remembers what was kept."""

    def __init__(self) -> None:
        self._exact: set[str] = set()
        self._near = MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS)
        self._kept: list[MinHash] = []

    def reason(self, sketch: Sketch) -> str | None:
        """Why a file goes: "duplicate" or "near duplicate"; None where it may stay, which is remembered."""
        if sketch.exact in self._exact:
            return "duplicate"
        near = _min_hash(sketch.near)
        # What falls into one bucket is only likely to be similar.
        if any(near.jaccard(self._kept[at]) >= SIMILAR for at in self._near.query(near)):
            return "near duplicate"
        self._exact.add(sketch.exact)
        self._near.insert(len(self._kept), near)
        self._kept.append(near)
        return None


def _min_hash(near: str) -> MinHash:
    values = np.frombuffer(bytes.fromhex(near), "<u4").astype(np.uint32)
    return MinHash(seed=SEED, scheme=SCHEME, hashfunc=int, hashvalues=values, permutations=_EMPTY.permutations)
