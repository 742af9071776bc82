"""Chooses the items of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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


def kinds_of(count: int, random: Random) -> list[str]:
    """
    All four in each four, in a drawn order: a plain rotation would give every fourth item the same kind, and the evaluation's --limit takes evenly spaced ones.
    """
    fours = (random.sample(KINDS, len(KINDS)) for _ in range(0, count, len(KINDS)))
    return [kind for four in fours for kind in four][:count]


def items_of(language: str, files: Mapping[str, str], closed: Mapping[str, Sequence[Hole]], count: int, seed: str) -> list[Item]:
    """
    The same for the same files, in whatever order they come (Mersenne twister, seeded by a string).
    @param files text by source; those that are too short give nothing
    @param closed what no hole may touch, by source
    @raises CorpusError where the files don't hold so many
    """
    kinds, random = kinds_of(count, Random(f"{seed} {language} kinds")), Random(f"{seed} {language}")
    sources = sorted(source for source, text in files.items() if len(text) >= LEAST_FILE_CHARS)
    holes: dict[str, list[Hole]] = {source: [] for source in sources}
    seen: Counter[tuple[str, str]] = Counter()
    items: list[Item] = []
    for _ in range(TRIES_PER_ITEM * count if sources else 0):
        if len(items) == count:
            break
        source, kind = random.choice(sources), kinds[len(items)]
        text, taken = files[source], holes[source]
        if len(taken) == MOST_PER_FILE or (hole := draw(text, language, kind, random)) is None or hole.touches([*taken, *closed.get(source, ())]):
            continue
        item = _item(f"six/{language}/{len(items) + 1}", language, kind, source, text, hole)
        look = (item.prefix[-SAME_CHARS:], item.target)
        if seen[look]:
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
