"""A tokenizer of the base's kind with a handful of merges, and a coder for it."""

from __future__ import annotations

from tokenizers.pre_tokenizers import ByteLevel

from canvas.kept_tokens import BYTES, SPECIAL, kept_tokenizer
from canvas.vocabulary import Vocabulary
from coder.base_weights import BaseWeights, made_up
from coder.shape import CoderShape

MERGES = ["r e", "re t", "u r", "ur n", "ret urn", "i n", "in t", "d e", "de f", "e l", "s el", "sel f"]


def base_tokenizer_made_up() -> dict:
    letters = sorted(ByteLevel.alphabet())
    words = [*letters, *dict.fromkeys("".join(merge.split(" ")) for merge in MERGES)]
    added = [
        {"id": token, "content": f"<|{token}|>", "special": True, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
        for token in SPECIAL
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {word: i for i, word in enumerate(words)},
            "merges": MERGES,
        },
    }


def vocabulary_made_up() -> Vocabulary:
    base = base_tokenizer_made_up()
    keep = sorted({*BYTES, *SPECIAL, *base["model"]["vocab"].values()})
    return Vocabulary(kept_tokenizer(base, keep), keep)


def shape_made_up(tokens: int, layers: int = 6) -> CoderShape:
    return CoderShape(layers=layers, width=64, heads=4, groups=2, head_size=16, feed_forward=96, tokens=tokens)


def base_made_up(tokens: int, layers: int = 6) -> BaseWeights:
    base = made_up(shape_made_up(tokens, layers), 5)
    return BaseWeights(base.shape, {name: weight if "norm" in name else weight * 5 for name, weight in base.weights.items()})
