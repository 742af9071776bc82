"""Trains the adapter, on a GPU or on a CPU:

  train.py --base BASE.gguf --keep vocabulary.json --corpus corpus.jsonl --state DIR --minutes M [--start adapter.safetensors] [--device cuda|cpu] [--lr 4e-4] [--tokens 30720] [--accumulate 1]

DIR/adapter.safetensors is written by rename every `--save-every` seconds and at the end: kill it at any time. The learning rate warms up, and falls to nothing over the time given. The
corpus: {"path", "text"} a line, path beginning with its package; the first 200 files are held out.
"""
import argparse, json, math, multiprocessing as mp, os, sys, time
from pathlib import Path
import numpy as np, torch
from safetensors.torch import load_file, save_file
import coder as M
from batches import CLEAN, PLAIN, REVEALED, batches
from examples import Corpus, Vocabulary
from kept_tokens import base_tokenizer, kept_tokenizer

HARD, SOFT = .1, .4                                                       # weight of a draft's own token, and of its teacher's distribution, beside 1 for clean tokens
ap = argparse.ArgumentParser()
for name in ('base', 'keep', 'corpus', 'state'): ap.add_argument(f'--{name}', type=Path, required=True)
ap.add_argument('--start', type=Path); ap.add_argument('--minutes', type=float, required=True); ap.add_argument('--device', default='cuda' if torch.cuda.is_available() else 'cpu')
ap.add_argument('--lr', type=float, default=4e-4); ap.add_argument('--tokens', type=int, default=30720, help='a batch'); ap.add_argument('--accumulate', type=int, default=1, help='batches a step')
ap.add_argument('--warm', type=int, default=60, help='steps'); ap.add_argument('--average', type=float, default=0, help='what is saved: the mean of the weights over steps, this much of the old one each; 0: the weights')
ap.add_argument('--save-every', type=float, default=75); ap.add_argument('--judge', type=int, default=10, help='batches'); ap.add_argument('--seed', type=int, default=0)

def say(*words): print(f'[{time.time() - BEGUN:.0f}s]', *words, flush=True)
BEGUN = time.time()

def work(seed, out, files, keep, tokenizer, tokens):
    os.environ['TOKENIZERS_PARALLELISM'] = 'false'; v = Vocabulary(tokenizer, keep)
    for b in batches(v, Corpus(files), seed, tokens): out.put(b)

def base_weights(path, keep):
    """name -> float32 numpy; output.weight (Q8_0) serves as embedding too, kept tokens only"""
    import gguf
    tensors = {t.name: t for t in gguf.GGUFReader(path).tensors}
    def get(name):
        t = tensors[name]; d = t.data[np.array(keep)] if name == 'output.weight' else t.data
        return np.array(d, np.float32) if t.tensor_type == gguf.GGMLQuantizationType.F32 else gguf.quants.dequantize(d, t.tensor_type)
    return get

def main():
    o = ap.parse_args(); gpu = o.device == 'cuda'; o.state.mkdir(parents=True, exist_ok=True); adapter_file = o.state / 'adapter.safetensors'
    torch.set_float32_matmul_precision('high'); torch.manual_seed(1); keep = json.loads(o.keep.read_text()); tokenizer = kept_tokenizer(base_tokenizer(o.base.resolve()), keep)
    files = [json.loads(line) for line in o.corpus.open()]; held, files = files[:200], files[200:]; v = Vocabulary(tokenizer, keep)
    source, judges = mp.Queue(96 if gpu else 4), mp.Queue(o.judge)
    for n in range(max(1, (os.cpu_count() or 2) - 3) if gpu else 1): mp.Process(target=work, args=(1000 + n + 100 * o.seed, source, files, keep, tokenizer, o.tokens), daemon=True).start()
    mp.Process(target=work, args=(7, judges, held, keep, tokenizer, o.tokens), daemon=True).start()
    coder = M.Coder(len(keep), o.device, torch.bfloat16); losses = M.losses; trained = coder.adapter
    if gpu: coder.before, coder.after, losses = (torch.compile(f, dynamic=False) for f in (M.before, M.after, M.losses))
    with torch.no_grad():
        coder.load_base(base_weights(o.base, keep)); trained['mask_embedding'].copy_(coder.head.float().mean(0))
        for k, w in (load_file(o.start) if o.start else {}).items(): trained[k].copy_(w.to(o.device, torch.float32))
    opt = torch.optim.AdamW(trained.values(), lr=o.lr, betas=(.9, .98), weight_decay=0.0, fused=gpu); mean_weights = {k: p.detach().clone() for k, p in trained.items()} if o.average else None

    def forward(raw):
        b = {k: torch.from_numpy(raw[k].astype(np.int64)).to(o.device) for k in ('ids', 'pos', 'anchor', 'block', 'row', 'target', 'teacher')}; w = torch.from_numpy(raw['weight']).to(o.device); b['mask'] = v.mask
        ce, kl, hit = losses(coder.hidden(b)[b['row']], coder.norm, coder.head, b['target'], b['teacher']); mean = lambda loss, of: (loss * of).sum() / of.sum().clamp(min=1e-6)
        return (mean(ce, w[0]), mean(ce, w[1]), mean(kl, w[2])), ce, hit

    judged = []
    def evaluate(name):
        """on held-out files: {what: [nats, accuracy, rows]}"""
        while len(judged) < o.judge: judged.append(judges.get())
        sums = {}
        for raw in judged:
            with torch.no_grad(): _, ce, hit = forward(raw)
            used = raw['used']; kind = torch.from_numpy(raw['kind'][:used].copy()); kind[(kind == CLEAN) & torch.from_numpy(raw['target'][:used] == v.end)] = PLAIN + 1
            for k in kind.unique().tolist():
                s = kind == k; a = sums.setdefault(k, [0, 0, 0]); a[0] += ce[:used].cpu()[s].sum().item(); a[1] += hit[:used].cpu()[s].float().sum().item(); a[2] += int(s.sum())
        names = {CLEAN: 'next', PLAIN: 'plain', PLAIN + 1: 'end'}; say('held out', name, json.dumps({names.get(k, f'd{k}' if k < REVEALED else f'revealed{k - REVEALED}'): [round(x / a[2], 4) for x in a[:2]] + [a[2]] for k, a in sorted(sums.items())}))

    def save(step):
        save_file({k: (mean_weights[k] if mean_weights else p.detach()).to(torch.float16).cpu().contiguous() for k, p in trained.items()}, f'{adapter_file}.new', metadata={'rank': str(M.R), 'scale': str(M.SCALE), 'block': '8', 'step': str(step)}); os.replace(f'{adapter_file}.new', adapter_file)

    evaluate('before'); start = saved = time.time(); step = tokens = skipped = 0; mean = None
    while (share := (time.time() - start) / (o.minutes * 60)) < 1:
        for g in opt.param_groups: g['lr'] = o.lr * min(1, (step + 1) / o.warm) * (1 if share < .15 else max(.02, (1 - share) / .85))
        opt.zero_grad(set_to_none=True); parts = None
        for _ in range(o.accumulate):
            raw = source.get(); p, _, _ = forward(raw); ((p[0] + HARD * p[1] + SOFT * p[2]) / o.accumulate).backward(); tokens += raw['ids'].size; now = torch.stack(p).detach() / o.accumulate; parts = now if parts is None else parts + now
        norm = torch.nn.utils.clip_grad_norm_(trained.values(), 1.0); step += 1
        if not bool(torch.isfinite(norm)):                                # such a batch teaches nothing, and would ruin all
            skipped += 1
            if skipped > 20: raise SystemExit('20 steps had gradients that are not numbers; the last save stands')
            continue
        opt.step(); mean = parts if mean is None else .95 * mean + .05 * parts
        if mean_weights:
            with torch.no_grad():
                for k, p in trained.items(): mean_weights[k].lerp_(p, 1 - min(o.average, step / (step + 10)))
        if step % (25 if gpu else 5) == 0: say(f'{step} next {mean[0]:.4f} hard {mean[1]:.3f} KL {mean[2]:.3f} norm {norm:.2f} lr {opt.param_groups[0]["lr"]:.1e} {tokens / (time.time() - start):.0f} tokens/s skipped {skipped}')
        if time.time() - saved > o.save_every: save(step); saved = time.time()
    save(step)
    if mean_weights:
        with torch.no_grad():
            for k, p in trained.items(): p.copy_(mean_weights[k])
    evaluate('after'); say('done', step); os._exit(0)

if __name__ == '__main__': main()
