"""How far drafts agree with the coder's own greedy choices."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Heads:
    """Counts by distance d (1 … B-1), for drafts behind a text that somebody else wrote.

    The coder's choice at distance d is known only while the text up to there is what the coder itself would have written; from its first departure on a draft is not counted. So the head's
    length is estimated as lifetimes are (Kaplan and Meier, 1958): of the drafts that agreed so far and can still be judged, the share that agrees once more.
    """

    size: int
    agreed: list[int] = field(init=False)
    judged: list[int] = field(init=False)
    survived: list[int] = field(init=False)
    at_risk: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.agreed, self.judged, self.survived, self.at_risk = ([0] * self.size for _ in range(4))

    def add(self, draft: list[int], choice: list[int], text: list[int]) -> None:
        """A block's drafts, the coder's choices behind the text, and the text, from distance 1 on; as long as the shortest."""
        whole = True
        for d, (drafted, chosen, written) in enumerate(zip(draft, choice, text, strict=False)):
            self.judged[d] += 1
            self.agreed[d] += drafted == chosen
            if whole:
                self.at_risk[d] += 1
                self.survived[d] += drafted == chosen
                whole = drafted == chosen
            if chosen != written:
                return

    def agreement(self) -> list[float]:
        """By distance from 1; nan where none was judged"""
        return [a / n if n else float("nan") for a, n in zip(self.agreed, self.judged, strict=True)]

    def alive(self) -> list[float]:
        """The share of drafts that agree at every distance up to each; 0 from where nobody came."""
        shares, alive = [], 1.0
        for survived, n in zip(self.survived, self.at_risk, strict=True):
            alive *= survived / n if n else 0.0
            shares.append(alive)
        return shares

    def tokens_a_pass(self) -> float:
        """1 + the expected agreed head."""
        return 1.0 + sum(self.alive())
