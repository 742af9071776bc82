from __future__ import annotations

LEAST = 0.02


def rate_share(step: int, share: float, warm_steps: int, constant_share: float) -> float:
    """The learning rate's share of its height: up over the first steps, constant, then in a straight line to nearly nothing (arXiv:2405.18392 found a constant phase and a decay equal to a
    cosine, and a run that is carried on need not have known its end). `step` from 0; `share` of the run that is done, 0 … 1."""
    falling = 1.0 if share <= constant_share else max(LEAST, (1 - share) / (1 - constant_share))
    return min(1.0, (step + 1) / max(1, warm_steps)) * falling
