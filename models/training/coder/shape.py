from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CoderShape:
    """The sizes of a Qwen2 (arXiv:2407.10671). Letters: L layers, W width, H query heads, G key/value heads, D head size, F feed-forward width, V tokens kept."""

    layers: int
    width: int
    heads: int
    groups: int
    head_size: int
    feed_forward: int
    tokens: int
    rope_theta: float = 1e6
    epsilon: float = 1e-6

    def matrices(self) -> dict[str, tuple[int, int]]:
        """The seven matrices of a layer: name -> (outputs, inputs)."""
        w, f, q, kv = self.width, self.feed_forward, self.heads * self.head_size, self.groups * self.head_size
        return {
            "self_attn.q_proj": (q, w),
            "self_attn.k_proj": (kv, w),
            "self_attn.v_proj": (kv, w),
            "self_attn.o_proj": (w, q),
            "mlp.gate_proj": (f, w),
            "mlp.up_proj": (f, w),
            "mlp.down_proj": (w, f),
        }
