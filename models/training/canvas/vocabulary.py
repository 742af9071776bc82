from __future__ import annotations

from dataclasses import dataclass, field

from tokenizers import Tokenizer


@dataclass(frozen=True)
class Vocabulary:
    """The kept tokens: a token's id here is its place in `keep` (the list of the base's ids that are kept, ascending)."""

    tokenizer: Tokenizer
    keep: list[int]
    prefix: int = field(init=False)
    middle: int = field(init=False)
    suffix: int = field(init=False)
    mask: int = field(init=False)
    end: int = field(init=False)
    file: int = field(init=False)
    holes: tuple[int, ...] = field(init=False)
    """Sentinels: in S where each further hole is, in M before each further answer."""

    def __post_init__(self) -> None:
        place = {token: at for at, token in enumerate(self.keep)}
        for name, token in {"end": 151643, "prefix": 151659, "middle": 151660, "suffix": 151661, "mask": 151662, "file": 151664}.items():
            object.__setattr__(self, name, place[token])
        object.__setattr__(self, "holes", tuple(place[token] for token in (151646, 151647, 151648)))

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def encode_from(self, text: str, typed: int) -> tuple[list[int], int]:
        """Tokens of `text`, and the index of the first that holds anything after its first `typed` characters (their number where there is none)."""
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        return encoded.ids, next((i for i, (_, stop) in enumerate(encoded.offsets) if stop > typed), len(encoded.ids))
