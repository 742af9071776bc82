"""
python -m check --answers EVAL.json --contestant NAME --base FILE --vocabulary FILE [--adapter FILE] [--exact] [--limit N] [--out FILE]

Holds PyTorch against the product's engine, on the very tokens that `npm run eval --json EVAL.json` recorded (sampler one-at-a-time or verified: both are greedy). Weights and rows are
rounded as the engine's int8 rounds them; --exact: in float32, so that what int8 changes is seen. Run in models/training.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("answers", "base", "vocabulary"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--contestant", required=True)
    parser.add_argument("--adapter", type=Path, help="none: the base alone")
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--out", type=Path, help="each answer's verdict, as JSON")
    options = parser.parse_args(arguments)
    from coder.errors import exit_code

    return exit_code(lambda: _check(options))


def _check(options: argparse.Namespace) -> None:
    import torch
    from tqdm import tqdm

    from canvas.kept_tokens import base_tokenizer, kept_tokenizer, read_kept
    from canvas.vocabulary import Vocabulary
    from coder.adapter import read_adapter
    from coder.base_weights import read_gguf
    from coder.errors import TrainingError
    from coder.network import Coder

    from .greedy import GreedyCheck
    from .read_answers import read_answers
    from .token_bytes import token_bytes

    answers = read_answers(options.answers, options.contestant)[: options.limit]
    keep = read_kept(options.vocabulary)
    vocabulary = Vocabulary(kept_tokenizer(base_tokenizer(options.base.resolve()), keep), keep)
    adapter = read_adapter(options.adapter) if options.adapter else None
    rounded = not options.exact
    coder = Coder(read_gguf(options.base, keep), adapter=adapter, frozen=99, rounded=rounded, dtype=torch.float32)
    check = GreedyCheck(coder, token_bytes(vocabulary), vocabulary.end, vocabulary.mask, rounded)
    if not answers:
        raise TrainingError(f"{options.answers} has no answer of {options.contestant} yet: let `npm run eval` run on")
    verdicts = [check(answered) for answered in tqdm(answers, disable=None)]
    same = sum(verdict.differs_at is None for verdict in verdicts)
    print(
        f"{options.contestant}: {same} of {len(verdicts)} answers are PyTorch's own ({same / len(verdicts):.1%}), {'int8 simulated' if rounded else 'float32'}"
    )
    for verdict in verdicts:
        if verdict.differs_at is not None:
            print(f"  {verdict.id}: token {verdict.differs_at} differs, by {verdict.margin:.3f} in logits")
    if options.out:
        options.out.write_text(json.dumps([vars(verdict) for verdict in verdicts], indent=1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
