from __future__ import annotations

from canvas.vocabulary import Vocabulary


def token_bytes(v: Vocabulary) -> list[bytes]:
    """Bytes of each kept token by its place; empty for the special ones, as in src/model/tokenizer/byteLetters.ts (GPT-2's table of letters)."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    byte_of = {chr(byte): byte for byte in shown} | {chr(256 + i): byte for i, byte in enumerate(hidden)}
    special = 151643
    words = {place: word for word, place in v.tokenizer.get_vocab().items()}
    return [b"" if token >= special else bytes(byte_of[letter] for letter in words[place]) for place, token in enumerate(v.keep)]
