"""One canvas, in the layout that the extension sends:

    <prefix> [<file> path, a piece of a related file]… [<file> path] P <suffix> S <middle> head region tail newline <end>

P and S alone in a third, the file's own path before P in a third, related files' pieces too in a third. Six in a hundred are plain code. Fifteen in a hundred are meant to have further holes
(where they find room): a sentinel stands for each in S, pinned text between, and M holds the answers, sentinel after sentinel. That is ahead of the extension, which sends one hole at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .region import MIXES, Region, RegionMix, cut_region
from .related import Related, sent_path
from .source_files import SHARES, SourceFile
from .vocabulary import Vocabulary

MOST_TOKENS = 976
PLAIN_SHARE, HOLES_SHARE = 0.06, 0.15
MOST_HEAD_TOKENS, MOST_REGION_TOKENS, MOST_FURTHER_TOKENS = 48, 190, 60


@dataclass(frozen=True)
class Example:
    tokens: list[int]
    counted: list[int]
    """Indexes of the rows that predict: row i speaks for token i+1."""
    plain: bool = False
    """Left to right, no hole: what the base must not forget."""


class Examples:
    """Draws canvases from files. Everything random comes in as an argument, so that a seed says which canvas comes."""

    def __init__(
        self, vocabulary: Vocabulary, files: list[SourceFile], context: tuple[int, ...] = (48, 96, 160, 160, 256, 400, 640), mix: RegionMix = MIXES["first"]
    ) -> None:
        self.vocabulary, self.files, self.context, self.mix, self.related = vocabulary, files, context, mix, Related(files)
        pools = {kind: [i for i, file in enumerate(files) if file.kind == kind] for kind in SHARES}
        self.pools = {kind: pool for kind, pool in pools.items() if pool}

    def draw(self, random: Random) -> Example:
        while True:
            pool = random.choices(list(self.pools.values()), [SHARES[kind] for kind in self.pools])[0]
            of = random.choice(pool)
            example = self._plain(of, random) if random.random() < PLAIN_SHARE else self._canvas(of, random)
            if example and len(example.tokens) <= MOST_TOKENS:
                return example

    def _plain(self, of: int, random: Random) -> Example | None:
        text = self.files[of].text
        start = text.rfind("\n", 0, random.randrange(len(text))) + 1
        tokens = self.vocabulary.encode(text[start : start + 1600])[: random.choice([140, 200, 330])]
        if len(tokens) < 60:
            return None
        if random.random() < 0.5:
            tokens = [self.vocabulary.prefix, *tokens]
        return Example(tokens, list(range(8, len(tokens) - 1)), plain=True)

    def _canvas(self, of: int, random: Random) -> Example | None:
        v, file = self.vocabulary, self.files[of]
        text, region = file.text, cut_region(file.text, random, self.mix)
        if not _worth_filling(text, region, random):
            return None
        begin = region.begin
        if random.random() < 0.25:  # the anchor stays where an earlier answer began
            for _ in range(random.randint(1, 4)):
                begin = text.rfind("\n", 0, max(0, begin - 1)) + 1
        answer, first = v.encode_from(text[begin : region.end + 1], region.start - begin)
        if first > MOST_HEAD_TOKENS or len(answer) - first > MOST_REGION_TOKENS:
            return None
        counted = list(range(first - 1, len(answer)))
        further = self._further_holes(text, region, answer, counted, random) if random.random() < HOLES_SHARE else None
        if further:
            answer, suffix, counted = further
        else:
            suffix = v.encode(text[region.stop : region.stop + 600])[: random.choice([4, 16, 32, 64, 64, 64, 64, 120])]
        front = [*self._prefix(of, begin, region, random), v.suffix, *suffix, v.middle]
        return Example([*front, *answer, v.end], [len(front) + row for row in counted])

    def _further_holes(self, text: str, region: Region, answer: list[int], counted: list[int], random: Random) -> tuple[list[int], list[int], list[int]] | None:
        """(answers, suffix with sentinels, counted rows) of one to three more holes near behind; None where there is no room. The end token's row comes last."""
        v, at, pinned_from, suffix = self.vocabulary, region.end + 1, region.stop, []
        counted = counted[:-1]  # what followed the first answer was the end
        for sentinel in v.holes[: random.randint(1, len(v.holes))]:
            high = min(len(text), at + 500)
            if high - at < 60:
                break
            hole = cut_region(text, random, self.mix, at, high)
            if hole.begin < at or hole.end - hole.begin > 400 or not text[hole.start : hole.stop].strip():
                break
            more, first = v.encode_from(text[hole.begin : hole.end + 1], hole.start - hole.begin)
            if first > MOST_HEAD_TOKENS or len(more) - first > MOST_FURTHER_TOKENS:
                break
            suffix += [*v.encode(text[pinned_from : hole.start]), sentinel]
            counted += [len(answer) - 1, *(len(answer) + first + row for row in range(len(more) - first))]
            answer = [*answer, sentinel, *more]
            pinned_from, at = hole.stop, hole.end + 1
        if not suffix or len(suffix) > 200:
            return None
        return answer, [*suffix, *v.encode(text[pinned_from : pinned_from + 240])[:48]], [*counted, len(answer) - 1]

    def _prefix(self, of: int, begin: int, region: Region, random: Random) -> list[int]:
        v, text, budget, layout = self.vocabulary, self.files[of].text, random.choice(self.context), random.random()
        front = [v.prefix]
        if layout > 0.65:
            around = (
                text[region.stop : region.stop + 200]
                + (" " + text[region.start : region.stop] if random.random() < 0.3 else "")
                + text[max(0, begin - 700) : region.start]
            )
            room, pieces = min(384, 2 * budget), []
            # as the extension does (src/diffusion/aheadTokens.ts): the likeliest to matter stand nearest, and are the last to be left out
            for path, piece in reversed(self.related.pieces(of, around, random, random.randint(1, 3))):
                tokens = [v.file, *v.encode(f"{sent_path(path)}\n{piece}")[:200]]
                if len(tokens) > room:
                    break
                pieces = [*tokens, *pieces]
                room -= len(tokens)
            front += pieces
            budget = min(budget, 400)
        if layout > 0.35:
            front += [v.file, *v.encode(sent_path(self.files[of].path) + "\n")[:24]]
        start = max(0, begin - budget * 4)
        if start > 0:
            start = text.find("\n", start, begin) + 1 or start
        return front + v.encode(text[start:begin])[-budget:]


def _worth_filling(text: str, region: Region, random: Random) -> bool:
    typed, middle, tail = region.start - region.begin, text[region.start : region.stop], region.end - region.stop
    if typed > 160 or tail > 120 or len(middle) > 700 or (not middle.strip() and random.random() < 0.9):
        return False
    before = text[max(0, region.begin - 2000) : region.begin]
    prose = text[region.begin : region.stop].strip().startswith(("#", "//", "*", "/*")) or before.count('"""') % 2
    return not prose or random.random() < 0.25
