"""Chooses the items of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from corpus.errors import CorpusError

from .holes import KINDS, LEAST_FILE_CHARS, PREFIX_CHARS, SUFFIX_CHARS, Hole, draw

#: of one file, so that no file counts for more than a few others
MOST_PER_FILE = 3
TRIES_PER_ITEM = 1_000
#: two places that look the same for so long before the hole, and ask for the same, are one
SAME_CHARS = 100


@dataclass(frozen=True)
class Item:
    """A line of the set: infill-dev's fields, in its order."""

    id: str
    language: str
    kind: str
    source: str
    prefix: str
    suffix: str
    target: str


def kind_of(number: int) -> str:
    """
    The kind of the item with this number: each four in a row have all four, and so do, nearly, each so many evenly spaced ones (the sum of the digits to the
    base of four). A plain rotation would give every fourth the same kind, and the evaluation's --limit takes evenly spaced ones.
    """
    total = 0
    while number:
        number, digit = divmod(number, len(KINDS))
        total += digit
    return KINDS[total % len(KINDS)]


def items_of(language: str, files: Mapping[str, str], count: int, seed: str) -> list[Item]:
    """
    The same for the same files, in whatever order they come (Mersenne twister, seeded by a string).
    @param files text by source; those that are too short give nothing
    @raises CorpusError where the files don't hold so many
    """
    random = Random(f"{seed} {language}")
    sources = sorted(source for source, text in files.items() if len(text) >= LEAST_FILE_CHARS)
    holes: dict[str, list[Hole]] = {source: [] for source in sources}
    seen: Counter[tuple[str, str]] = Counter()
    items: list[Item] = []
    for _ in range(TRIES_PER_ITEM * count if sources else 0):
        if len(items) == count:
            break
        source, kind = random.choice(sources), kind_of(len(items))
        text, taken = files[source], holes[source]
        if len(taken) == MOST_PER_FILE or (hole := draw(text, language, kind, random)) is None:
            continue
        item = _item(f"six/{language}/{len(items) + 1}", language, kind, source, text, hole)
        look = (item.prefix[-SAME_CHARS:], item.target)
        if seen[look] or any(hole.begin < other.end and other.begin < hole.end for other in taken):
            continue
        seen[look] += 1
        taken.append(hole)
        items.append(item)
    if len(items) < count:
        raise CorpusError(f"{language}: {len(sources)} files give only {len(items)} of {count} items: name more packages in infill_dev/packages.toml")
    return items


def _item(name: str, language: str, kind: str, source: str, text: str, hole: Hole) -> Item:
    prefix = text[max(0, hole.begin - PREFIX_CHARS) : hole.begin]
    suffix = text[hole.end : hole.end + SUFFIX_CHARS]
    return Item(name, language, kind, source, prefix, suffix, text[hole.begin : hole.end])
