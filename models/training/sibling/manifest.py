from __future__ import annotations

import hashlib
import json
from pathlib import Path

from canvas.vocabulary import Vocabulary
from coder.replace_file import replace_file

LANGUAGES = ["python", "javascript", "typescript", "javascriptreact", "typescriptreact", "rust", "go", "java", "c", "cpp"]


def write_manifest(file: Path, weights: Path, vocabulary: Vocabulary, name: str) -> None:
    """As `Manifest` in src/model/manifest.ts, but that a base beside the manifest has no source there yet: whoever ships it gives it one. The tokens have new ids, so none is pruned again, and there
    is no adapter: everything is in the weights."""
    with weights.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    manifest = {
        "version": 1,
        "name": name,
        "title": "Smaller sibling, complete",
        "licence": "Apache-2.0",
        "languages": LANGUAGES,
        "base": {"file": weights.name, "bytes": weights.stat().st_size, "sha256": digest, "licence": "Apache-2.0", "architecture": "qwen2"},
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
