"""Leaves out files that are there already: the same but for white space, or nearly the same (MinHash over runs of five words, datasketch)."""

from __future__ import annotations

import re
from hashlib import sha1

from datasketch import MinHash, MinHashLSH

WORD = re.compile(r"\w+")
SHINGLE, PERMUTATIONS, SIMILAR = 5, 64, 0.8


class Duplicates:
    """Remembers what was kept."""

    def __init__(self) -> None:
        self._exact: set[bytes] = set()
        self._near = MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS)
        self._count = 0

    def reason(self, text: str) -> str | None:
        """Why a file goes: "duplicate" or "near duplicate"; None where it may stay, which is remembered."""
        key = sha1(re.sub(r"\s+", "", text).encode()).digest()
        if key in self._exact:
            return "duplicate"
        sketch = sketch_of(text)
        if any(True for _ in self._near.query(sketch)):
            return "near duplicate"
        self._exact.add(key)
        self._near.insert(self._count, sketch)
        self._count += 1
        return None


def sketch_of(text: str) -> MinHash:
    words = WORD.findall(text)
    shingles = {" ".join(words[at : at + SHINGLE]).encode() for at in range(max(1, len(words) - SHINGLE + 1))}
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch(sorted(shingles))
    return sketch
