from __future__ import annotations

from dataclasses import dataclass

from tuning.loop_settings import LoopSettings


@dataclass(frozen=True)
class DrafterSettings(LoopSettings):
    layers: int = 2
    block: int = 8
    """B, the known token and B-1 masks."""
    taps: tuple[int, ...] = (5, 11, 17, 23)
    """Layers of the coder whose outputs are read."""
    blocks: int = 32
    """A canvas, which the coder reads once for all of them."""
    revealed_share: float = 0.35
    hard: float = 0.2
    soft: float = 1.0
