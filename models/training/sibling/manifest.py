from __future__ import annotations

import json
from pathlib import Path

from canvas.vocabulary import Vocabulary
from coder.replace_file import replace_file
from tuning.inputs import sha256

LANGUAGES = ["python", "javascript", "typescript", "javascriptreact", "typescriptreact", "rust", "go", "java", "c", "cpp"]


def write_manifest(file: Path, weights: Path, vocabulary: Vocabulary, name: str) -> None:
    """As `Manifest` in src/model/manifest.ts; the weights lie beside it. The tokens have new ids, so none is pruned again, and there
    is no adapter: everything is in the weights."""
    manifest = {
        "version": 1,
        "name": name,
        "title": "Smaller sibling, complete",
        "licence": "Apache-2.0",
        "languages": LANGUAGES,
        "base": {
            "file": weights.name,
            "bytes": weights.stat().st_size,
            "sha256": sha256(weights),
            "licence": "Apache-2.0",
            "architecture": "qwen2",
            "beside": True,
        },
        "specialTokens": {token: getattr(vocabulary, token) for token in ("prefix", "suffix", "middle", "mask", "end", "file")},
        "denoising": {
            "shift": True,
            "attention": "causal-context-block",
            "blockSize": 8,
            "draftSize": 1,
            "sampler": "verified",
            "template": "prefix-suffix-middle",
        },
    }
    replace_file(file, lambda part: part.write_text(json.dumps(manifest, indent=2) + "\n"))
