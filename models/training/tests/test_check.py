import json

import pytest

torch = pytest.importorskip("torch")

from check.greedy import Answered, GreedyCheck
from check.read_answers import read_answers
from check.token_bytes import token_bytes
from coder.base_weights import made_up
from coder.errors import TrainingError
from coder.network import Coder
from tests.made_up import SHAPE, vocabulary
from tests.test_coder import adapter, causal, logits

V = vocabulary()
PIECES = token_bytes(V)
CANVAS = [V.prefix, 97, 98, V.suffix, 99, V.middle, 100]


def coder(rounded=False):
    return Coder(made_up(SHAPE), adapter=adapter(), frozen=99, rounded=rounded, dtype=torch.float32)


def greedy(head=b"", count=6):
    """One token at a time, each forward anew."""
    ids: list[int] = []
    while len(ids) < count:
        row = logits(coder(), *causal(torch.tensor([CANVAS + ids])))[-1]
        fits = [t for t, piece in enumerate(PIECES) if (piece and (not head or head.startswith(piece) or piece.startswith(head))) or (t == V.end and not head)]
        ids.append(max(fits, key=lambda t: float(row[t])))
        head = head[len(PIECES[ids[-1]]) :]
    return ids


def check(ids, head=b"", rounded=False):
    return GreedyCheck(coder(rounded), PIECES, V.end, V.mask, rounded)(Answered("a", CANVAS, ids, head))


def test_each_token_is_its_bytes():
    assert PIECES[:256] == [bytes([byte]) for byte in range(256)]
    assert PIECES[256:] == [b""] * (len(PIECES) - 256)


@pytest.mark.parametrize("head", [b"", b"xy"])
def test_greedy_answers_agree_and_others_differ_where_they_do(head):
    ids = greedy(head)
    assert bytes(ids[: len(head)]) == head
    assert check(ids, head).differs_at is None
    for at in range(len(head), len(ids)):
        other = [*ids[:at], (ids[at] + 1) % 256, *ids[at + 1 :]]
        verdict = check(other, head)
        assert verdict.differs_at == at
        assert verdict.margin > 0


def test_rounding_changes_little():
    assert check(greedy(), rounded=True).margin < 0.05


def test_what_eval_wrote_is_read(tmp_path):
    file = tmp_path / "eval.json"
    attempts = [{"id": "x", "canvas": [1, 2], "head": "é", "ids": [3]}, {"id": "empty", "canvas": [1], "head": "", "ids": []}]
    file.write_text(json.dumps({"contestants": [{"name": "one", "attempts": attempts}]}))
    assert read_answers(file, "one") == [Answered("x", [1, 2], [3], "é".encode())]
    with pytest.raises(TrainingError, match="not of two"):
        read_answers(file, "two")
    file.write_text("{")
    with pytest.raises(TrainingError, match="run it again"):
        read_answers(file, "one")
