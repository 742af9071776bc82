from __future__ import annotations

import json
from pathlib import Path

from coder.errors import TrainingError

from .greedy import Answered


def read_answers(file: Path, contestant: str) -> list[Answered]:
    """From what `npm run eval --json` wrote. Raises TrainingError where the file is none, or has no such contestant."""
    try:
        contestants = {entry["name"]: entry["attempts"] for entry in json.loads(file.read_text())["contestants"]}
        if contestant not in contestants:
            raise TrainingError(f"{file} has answers of {', '.join(contestants) or 'nobody'}, not of {contestant}")
        return [Answered(one["id"], one["canvas"], one["ids"], one["head"].encode()) for one in contestants[contestant] if one["ids"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingError(f"{file} is not what `npm run eval --json` writes ({error!r}): run it again") from error
