"""
python -m export peft      --adapter FILE --out FOLDER                              for PEFT
python -m export from-peft --peft FOLDER --out FILE                                 what PEFT trained, as the engine reads it
python -m export merged    --base FILE [--adapter FILE] --format hf|gguf --out PATH the whole coder, adapter merged, with all of the base's tokens

Run in models/training.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

BASE_ON_THE_HUB = "Qwen/Qwen2.5-Coder-0.5B-Instruct"
PREFIX, END = 151659, 151643
NAME = "Qwen2.5-Coder 0.5B, infill"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="export", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    to_peft, from_peft, merged = (commands.add_parser(name) for name in ("peft", "from-peft", "merged"))
    to_peft.add_argument("--adapter", type=Path, required=True)
    to_peft.add_argument("--base-model", default=BASE_ON_THE_HUB)
    from_peft.add_argument("--peft", type=Path, required=True)
    merged.add_argument("--base", type=Path, required=True)
    merged.add_argument("--adapter", type=Path)
    merged.add_argument("--format", choices=("hf", "gguf"), required=True)
    for command in (to_peft, from_peft, merged):
        command.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    from coder.errors import exit_code

    code = exit_code(lambda: {"peft": _to_peft, "from-peft": _from_peft, "merged": _merged}[options.command](options))
    if code == 0:
        print(options.out)
    return code


def _to_peft(options: argparse.Namespace) -> None:
    from coder.adapter import read_adapter

    from .peft_format import write_peft

    write_peft(options.out, read_adapter(options.adapter), options.base_model)


def _from_peft(options: argparse.Namespace) -> None:
    from coder.adapter import write_adapter

    from .peft_format import read_peft

    write_adapter(options.out, read_peft(options.peft))


def _merged(options: argparse.Namespace) -> None:
    import torch

    from canvas.kept_tokens import base_tokenizer
    from coder.adapter import read_adapter
    from coder.base_weights import read_gguf

    from .gguf_file import write_gguf
    from .hugging_face import write_folder
    from .merge import merge
    from .peft_format import MASK

    base = read_gguf(options.base)
    model = merge(base, read_adapter(options.adapter), MASK) if options.adapter else base
    if options.format == "gguf":
        write_gguf(options.out, model, options.base, NAME)
    else:
        write_folder(options.out, model, json.dumps(base_tokenizer(options.base.resolve())), PREFIX, END, torch.bfloat16)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
