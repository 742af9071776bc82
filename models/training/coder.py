"""Qwen2 with a LoRA beside every matrix: y = W x + SCALE b (a x). Tokens are a flat list [N*T, width], so that all but the attention has one shape and is compiled once."""
import math
import torch, torch.nn as nn, torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel
LAYERS, W, HEADS, KV, D, FFN, THETA, EPS, R, SCALE = 24, 896, 14, 2, 64, 4864, 1e6, 1e-6, 32, 2.0
PARTS = (('self_attn', 'q_proj', W, W), ('self_attn', 'k_proj', KV * D, W), ('self_attn', 'v_proj', KV * D, W), ('self_attn', 'o_proj', W, W),
         ('mlp', 'gate_proj', FFN, W), ('mlp', 'up_proj', FFN, W), ('mlp', 'down_proj', W, FFN))

def rms(x, w):
    f = x.float(); return (f * torch.rsqrt(f.pow(2).mean(-1, keepdim=True) + EPS)).to(x.dtype) * w

def rope(x, cos, sin):                                                     # x [n, heads, D]
    a, b = x[..., :D // 2], x[..., D // 2:]; c, s = cos[:, None], sin[:, None]
    return torch.cat([a * c - b * s, b * c + a * s], -1)

def before(x, ln, w, bias, a, bq, bk, bv, cos, sin):
    h = rms(x, ln); y = F.linear(h, w, bias); z = F.linear(h, a) * SCALE
    q = y[:, :W] + F.linear(z[:, :R], bq); k = y[:, W:W + KV * D] + F.linear(z[:, R:2 * R], bk); v = y[:, W + KV * D:] + F.linear(z[:, 2 * R:], bv)
    return rope(q.view(-1, HEADS, D), cos, sin), rope(k.view(-1, KV, D), cos, sin), v.view(-1, KV, D)

def after(x, o, wo, ao, bo, ln, wgu, agu, bg, bu, wd, ad, bd):
    x = x + F.linear(o, wo) + F.linear(F.linear(o, ao) * SCALE, bo)
    h = rms(x, ln); y = F.linear(h, wgu); z = F.linear(h, agu) * SCALE
    g = y[:, :FFN] + F.linear(z[:, :R], bg); u = y[:, FFN:] + F.linear(z[:, R:], bu); t = F.silu(g) * u
    return x + F.linear(t, wd) + F.linear(F.linear(t, ad) * SCALE, bd)

def attend(q, k, v, bias, N, T):
    q = q.view(N, T, HEADS, D).transpose(1, 2); k = k.view(N, T, KV, D).transpose(1, 2).repeat_interleave(HEADS // KV, 1); v = v.view(N, T, KV, D).transpose(1, 2).repeat_interleave(HEADS // KV, 1)
    # cuDNN's kernel, which PyTorch 2.11 prefers on an H100, gave gradients that are not numbers with this bias and these weights
    with sdpa_kernel([SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH] if q.is_cuda else [SDPBackend.FLASH_ATTENTION, SDPBackend.MATH]): o = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
    return o.transpose(1, 2).reshape(N * T, W)

class Coder(nn.Module):
    def __init__(self, vocabulary, dev, dtype):
        super().__init__(); self.dev, self.dtype = dev, dtype; e = lambda *s: torch.randn(*s, device=dev, dtype=dtype) * .02
        self.head = e(vocabulary, W); self.norm = torch.ones(W, device=dev, dtype=dtype)
        self.base = [{'ln1': torch.ones(W, device=dev, dtype=dtype), 'ln2': torch.ones(W, device=dev, dtype=dtype), 'qkv': e(W + 2 * KV * D, W), 'bias': torch.zeros(W + 2 * KV * D, device=dev, dtype=dtype),
                      'o': e(W, W), 'gu': e(2 * FFN, W), 'd': e(W, FFN)} for _ in range(LAYERS)]
        g = torch.Generator().manual_seed(0); self.adapter = {}
        for i in range(LAYERS):
            for part, n, out, inn in PARTS:
                self.adapter[f'layers.{i}.{part}.{n}.a'] = nn.Parameter((torch.randn(R, inn, generator=g) / math.sqrt(inn)).to(dev)); self.adapter[f'layers.{i}.{part}.{n}.b'] = nn.Parameter(torch.zeros(out, R, device=dev))
        self.adapter['mask_embedding'] = nn.Parameter(torch.zeros(W, device=dev)); self.before, self.after = before, after
        self.inv = (1.0 / THETA ** (torch.arange(0, D, 2, device=dev).float() / D))
    def load_base(self, get):
        """get(name) -> float32 numpy array of GGUF's tensor"""
        t = lambda n: torch.from_numpy(get(n).copy()).to(self.dev, self.dtype)
        self.head.copy_(t('output.weight')); self.norm.copy_(t('output_norm.weight'))
        for i, b in enumerate(self.base):
            p = f'blk.{i}.'; b['ln1'].copy_(t(p + 'attn_norm.weight')); b['ln2'].copy_(t(p + 'ffn_norm.weight'))
            b['qkv'].copy_(torch.cat([t(p + f'attn_{x}.weight') for x in 'qkv'])); b['bias'].copy_(torch.cat([t(p + f'attn_{x}.bias') for x in 'qkv'])); b['o'].copy_(t(p + 'attn_output.weight'))
            b['gu'].copy_(torch.cat([t(p + 'ffn_gate.weight'), t(p + 'ffn_up.weight')])); b['d'].copy_(t(p + 'ffn_down.weight'))
    def hidden(self, b):
        """b: ids, pos, anchor, block [N,T] on the device -> [N*T, W]"""
        ids = b['ids']; N, T = ids.shape; dt = self.dtype; A = {k: p.to(dt) for k, p in self.adapter.items()}
        x = F.embedding(ids.reshape(-1), self.head); x = torch.where((ids.reshape(-1) == b['mask'])[:, None], A['mask_embedding'], x)
        ang = b['pos'].reshape(-1).float()[:, None] * self.inv; cos, sin = ang.cos().to(dt), ang.sin().to(dt)
        col = torch.arange(T, device=self.dev); blk = b['block']
        see = ((blk == 0)[:, None, :] & (col[None, None] <= b['anchor'][:, :, None])) | ((blk[:, :, None] > 0) & (blk[:, :, None] == blk[:, None, :]))
        bias = torch.zeros(see.shape, dtype=dt, device=self.dev).masked_fill_(~see, -3e4)[:, None].expand(N, HEADS, T, T)
        for i, w in enumerate(self.base):
            P = lambda part, n, ab: A[f'layers.{i}.{part}.{n}.{ab}']; at = lambda n, ab: P('self_attn', n, ab); ml = lambda n, ab: P('mlp', n, ab)
            q, k, v = self.before(x, w['ln1'], w['qkv'], w['bias'], torch.cat([at('q_proj', 'a'), at('k_proj', 'a'), at('v_proj', 'a')]), at('q_proj', 'b'), at('k_proj', 'b'), at('v_proj', 'b'), cos, sin)
            o = attend(q, k, v, bias, N, T)
            x = self.after(x, o, w['o'], at('o_proj', 'a'), at('o_proj', 'b'), w['ln2'], w['gu'], torch.cat([ml('gate_proj', 'a'), ml('up_proj', 'a')]), ml('gate_proj', 'b'), ml('up_proj', 'b'), w['d'], ml('down_proj', 'a'), ml('down_proj', 'b'))
        return x

def losses(x, norm, head, target, teacher):
    """x [K, W], the rows that predict -> each row's cross-entropy, its KL from the teacher's distribution, and whether its likeliest token is the target"""
    logits = F.linear(rms(x, norm), head).float(); lse = logits.logsumexp(-1); ce = lse - logits.gather(1, target[:, None])[:, 0]
    logp = logits - lse[:, None]; q = logp.detach()[teacher]; kl = (q.exp() * (q - logp)).sum(-1); hit = logits.argmax(-1) == target
    return ce, kl, hit
