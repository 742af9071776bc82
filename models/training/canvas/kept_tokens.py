"""The tokens a model keeps, and a tokenizer of nothing else.

python -m canvas.kept_tokens BASE.gguf CORPUS.jsonl OUT.json     writes the list: tokens seen at least 8 times, the 256 bytes and the special ones, closed under BPE merges
"""

import collections
import itertools
import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

from coder.errors import TrainingError

from .source_files import kind_of

LEAST_SEEN = 8
BYTES = range(256)
SPECIAL = range(151643, 151665)
SHARES = {"python": 0.3, "script": 0.3, "other": 0.4}  # of the characters that are counted


def base_tokenizer(gguf: Path) -> dict:
    """The base's tokenizer as tokenizers' JSON."""
    from transformers import AutoTokenizer

    return json.loads(AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name).backend_tokenizer.to_str())


def read_kept(file: Path) -> list[int]:
    """Raises TrainingError where it is not an ascending list of token ids."""
    try:
        keep = json.loads(file.read_text())
        if not isinstance(keep, list) or not keep or any(type(token) is not int for token in keep) or any(a >= b for a, b in itertools.pairwise(keep)):
            raise ValueError("not an ascending list of token ids")
    except (OSError, ValueError) as error:
        raise TrainingError(f"{file} is no vocabulary: {error}") from error
    return keep


def pair(merge: str | list[str]) -> list[str]:
    return merge if isinstance(merge, list) else merge.split(" ")


def kept_tokenizer(base: dict, keep: list[int]) -> Tokenizer:
    """Token t of the list gets its place in it as id. Special tokens are plain text to it: examples append them by id."""
    place = {token: i for i, token in enumerate(keep)}
    kept = {word: place[token] for word, token in base["model"]["vocab"].items() if token in place}
    for token in base["added_tokens"]:
        if token["id"] in place:
            kept.setdefault(token["content"], place[token["id"]])
    merges = [m for m in base["model"]["merges"] if "".join(pair(m)) in kept and all(part in kept for part in pair(m))]
    cut = {**base, "added_tokens": [], "normalizer": None, "model": {**base["model"], "vocab": kept, "merges": merges}}
    return Tokenizer.from_str(json.dumps(cut))


def closed(tokens: set[int], base: dict) -> list[int]:
    """With each token the two it is merged from, and theirs."""
    vocabulary = base["model"]["vocab"]
    parts: dict[int, tuple[int, ...]] = {}
    for merge in base["model"]["merges"]:
        parts.setdefault(vocabulary["".join(pair(merge))], tuple(vocabulary[part] for part in pair(merge)))
    todo, all_ = list(tokens), set(tokens)
    while todo:
        for part in parts.get(todo.pop(), ()):
            if part not in all_:
                all_.add(part)
                todo.append(part)
    return sorted(all_)


def count(corpus: Path, base: dict, characters: float = 75e6) -> collections.Counter:
    full = Tokenizer.from_str(json.dumps(base))
    left = {kind: share * characters for kind, share in SHARES.items()}
    seen: collections.Counter = collections.Counter()
    with corpus.open() as lines:
        for line in lines:
            file = json.loads(line)
            kind = kind_of(file["path"])
            text = file["text"][:20000]
            if left[kind] > 0:
                left[kind] -= len(text)
                seen.update(full.encode(text, add_special_tokens=False).ids)
    return seen


if __name__ == "__main__":
    gguf, corpus, out = map(Path, sys.argv[1:])
    base = base_tokenizer(gguf)
    often = {token for token, n in count(corpus, base).items() if n >= LEAST_SEEN}
    keep = closed(often | set(BYTES) | set(SPECIAL), base)
    out.write_text(json.dumps(keep))
    print(f"{len(keep)} of {len(base['model']['vocab'])} tokens")
