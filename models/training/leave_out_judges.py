"""Takes out of a corpus what a model is judged by, and keys: leave_out_judges.py OUT.jsonl JUDGES.jsonl.gz… -- CORPUS.jsonl…

A file goes that shares two or more runs of 13 words and signs with a judge's problem, that names HumanEval or MBPP, or that holds a private key. Of a long file a
window stays, so that none is seen much more often than another.
"""

import gzip
import json
import random
import re
import sys

WORD = re.compile(r"\w+|[^\w\s]")
RUN, MOST_SHARED, MOST_CHARACTERS, WINDOW, LEAST_CHARACTERS = 13, 1, 50_000, 45_000, 600
NAMED = re.compile(r"humaneval|human_eval|mbpp|has_close_elements", re.I)
KEY = re.compile(r"-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}")


def runs(text: str) -> set[int]:
    words = WORD.findall(text)
    return {hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1)}


def problem_text(problem: dict) -> str:
    if "canonical_solution" in problem:  # HumanEval-Infilling's format
        return problem["prompt"] + problem["canonical_solution"] + problem["suffix"]
    return problem["prefix"][-600:] + problem["target"] + problem["suffix"][:300]


def windowed(path: str, text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    start = text.find("\n", random.Random(path).randrange(0, len(text) - WINDOW)) + 1
    cut = text[start : start + WINDOW]
    return cut[: cut.rfind("\n") + 1]


if __name__ == "__main__":
    out, *rest = sys.argv[1:]
    judges, corpora = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    judged: set[int] = set()
    for name in judges:
        with gzip.open(name, "rt") as lines:
            for line in lines:
                judged |= runs(problem_text(json.loads(line)))
    kept, dropped = [], 0
    for name in corpora:
        with open(name) as lines:
            for line in lines:
                file = json.loads(line)
                text = file["text"]
                if NAMED.search(text) or KEY.search(text) or len(runs(text[:60_000]) & judged) > MOST_SHARED:
                    dropped += 1
                elif len(short := windowed(file["path"], text)) > LEAST_CHARACTERS:
                    kept.append({"path": file["path"], "text": short})
    random.Random(2).shuffle(kept)
    with open(out, "w") as write:
        write.writelines(json.dumps(file) + "\n" for file in kept)
    print(f"{len(kept)} files, {sum(len(file['text']) for file in kept) / 1e6:.0f} MB; {dropped} left out")
