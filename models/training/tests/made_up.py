"""A vocabulary of bytes, files and a coder small enough for a test."""

from tokenizers import Tokenizer

from canvas.kept_tokens import BYTES, SPECIAL, kept_tokenizer
from canvas.source_files import SourceFile, is_held_out
from canvas.vocabulary import Vocabulary
from coder.shape import CoderShape

KEEP = [*BYTES, *SPECIAL]
SHAPE = CoderShape(layers=2, width=32, heads=4, groups=2, head_size=8, feed_forward=48, tokens=len(KEEP))


def letters() -> list[str]:
    """The 256 letters that stand for bytes in a byte-level BPE (GPT-2's table)."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return [chr(256 + hidden.index(byte)) if byte in hidden else chr(byte) for byte in range(256)]


def base_tokenizer() -> dict:
    return {
        "version": "1.0", "truncation": None, "padding": None, "normalizer": None, "post_processor": None,
        "added_tokens": [{"id": token, "content": f"<|{token}|>", "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for token in SPECIAL],
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True},
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False,
                  "vocab": {letter: byte for byte, letter in enumerate(letters())}, "merges": []},
    }  # fmt: skip


def vocabulary() -> Vocabulary:
    tokenizer: Tokenizer = kept_tokenizer(base_tokenizer(), KEEP)
    return Vocabulary(tokenizer, KEEP)


def files(count: int = 12) -> list[SourceFile]:
    def function(name: str) -> str:
        return f"def {name}(left, right):\n    total = left + right\n    if total > 10:\n        return {name}er(total)\n    return [total, left]\n\n\n"

    return [SourceFile(f"package{i % 3}/src/file{i}.{'py' if i % 2 else 'ts'}", "".join(function(f"name{i}x{j}") for j in range(12))) for i in range(count)]


def held_out_package() -> str:
    return next(f"held{i}" for i in range(10_000) if is_held_out(f"held{i}"))
