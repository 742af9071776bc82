"""Runs of words in a row, as numbers: what duplicates and overlaps are found by."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

#: odd, so that no word's part of the sum is ever lost (the multiplier of Knuth's MMIX generator)
FACTOR = 6364136223846793005
#: words that are remembered with their hashes; more are of no use, as names seldom come back
MOST_WORDS = 1 << 20


class Hashes(dict[str, int]):
    """blake2b of a word, made when it is first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = made = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        return made


_hashes = Hashes()


def runs_of(words: Sequence[str], length: int) -> np.ndarray:
    """
    One hash a run of `length` words, in their order, by a polynomial modulo 2^64 over the words' own hashes; the same on every machine.
    @returns [max(0, words - length + 1)] uint64
    """
    count = len(words) - length + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    each = np.fromiter(map(_hashes.__getitem__, words), np.uint64, len(words))
    total = np.zeros(count, np.uint64)
    for at in range(length):
        total *= np.uint64(FACTOR)
        total += each[at : at + count]
    return total
