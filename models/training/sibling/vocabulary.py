from __future__ import annotations

from collections import Counter

from canvas.kept_tokens import BYTES, SPECIAL, closed
from coder.errors import TrainingError


def commonest(seen: Counter, base: dict, size: int) -> list[int]:
    """At most `size` of the base's token ids, ascending: the commonest, the bytes and the special ones, closed under BPE merges. `base`: its tokenizer's JSON. A tie goes to the lower id.

    Raises TrainingError where bytes and special tokens are more.
    """
    order = sorted(seen, key=lambda token: (-seen[token], token))
    of = lambda count: closed({*order[:count], *BYTES, *SPECIAL}, base)
    low, high = 0, min(size, len(order))
    if len(of(0)) > size:
        raise TrainingError(f"a vocabulary of {size} tokens has no room for the {len(of(0))} bytes and special tokens")
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(of(middle)) <= size else (low, middle - 1)
    return of(low)
