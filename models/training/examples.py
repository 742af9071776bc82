"""Examples from a corpus of files, in the layout that the extension sends (whole lines, characters not tokens; FIM-SE, arXiv:2405.17103):

    <prefix> [<file> path, a piece of a related file]… [<file> path] P <suffix> S <middle> head region tail newline <end>

A third has P alone, a third the file's own path before it, a third related files' definitions of names near the cursor too. Six in a hundred are plain code; some five have further
holes: a sentinel stands for each in S, and M holds the answers, sentinel after sentinel. Tokens are places in the kept list.
"""
import math
import re

MOST_TOKENS = 976
DEFINE = re.compile(r'^[ \t]*(?:export\s+)?(?:default\s+)?(?:pub(?:\([^)]*\))?\s+)?(?:public\s+|private\s+|protected\s+|static\s+|abstract\s+|async\s+|final\s+|unsafe\s+|declare\s+)*(?:def|class|function\*?|const|interface|type|enum|func(?:\s*\([^)]*\))?|fn|struct|trait|impl)\s+(\w{4,})', re.M)
WORD = re.compile(r'[A-Za-z_]\w{3,}')

class Vocabulary:
    def __init__(self, tokenizer, keep):
        self.tok = tokenizer; place = {t: i for i, t in enumerate(keep)}
        self.prefix, self.middle, self.suffix, self.mask, self.end, self.file = (place[t] for t in (151659, 151660, 151661, 151662, 151643, 151664))
        self.holes = [place[t] for t in (151646, 151647, 151648)]; self.size = len(place)
    def encode(self, s): return self.tok.encode(s, add_special_tokens=False).ids

class Corpus:
    def __init__(self, files):
        self.files = files; self.groups = {}; self.of = {}; self.index = {}
        for i, f in enumerate(files):
            p = f['path']; self.groups.setdefault(p.split('/')[0], []).append(i)
        def pool(*ends): return [i for i, f in enumerate(files) if f['path'].endswith(ends)]
        python = pool('.py'); script = pool('.ts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.mts', '.cts'); known = set(python) | set(script)
        self.pools = [(.38, script), (.40, python), (.22, [i for i in range(len(files)) if i not in known])]
        self.pools = [(w, p) for w, p in self.pools if p]
    def choose(self, rng):
        return rng.choice(rng.choices([p for _, p in self.pools], [w for w, _ in self.pools])[0])
    def definitions(self, group):
        if group not in self.index:
            d = {}
            for i in self.groups[group]:
                for m in DEFINE.finditer(self.files[i]['text'], 0, 60000):
                    at = d.setdefault(m[1], [])
                    if len(at) < 4: at.append((i, m.start()))
            self.index[group] = d
        return self.index[group]
    def snippet(self, i, at, rng):
        s = self.files[i]['text']; start = at; lines = []; most = rng.randint(6, 28); indent = None
        while len(lines) < most and at < len(s):
            e = s.find('\n', at); e = len(s) if e < 0 else e; line = s[at:e]; at = e + 1
            if line.strip():
                w = len(line) - len(line.lstrip())
                if indent is None: indent = w
                elif w < indent or (w == indent and len(lines) > 2 and line.lstrip()[:1] not in ')]}'): break
            lines.append(line)
        return '\n'.join(lines).rstrip() + '\n'
    def related(self, i, around, rng, most):
        """up to `most` (path, snippet), the most relevant last"""
        group = self.files[i]['path'].split('/')[0]; d = self.definitions(group); out, seen = [], set()
        for w in reversed(WORD.findall(around)):
            if w in seen: continue
            seen.add(w); at = [x for x in d.get(w, ()) if x[0] != i]
            if at and len(at) < 4: j, p = rng.choice(at); out.append((j, self.snippet(j, p, rng)))
            if len(out) >= most: break
        if not out and rng.random() < .5:
            j = rng.choice(self.groups[group])
            if j != i: s = self.files[j]['text']; p = s.rfind('\n', 0, rng.randrange(len(s))) + 1; out.append((j, self.snippet(j, p, rng)))
        return [(self.files[j]['path'], t) for j, t in reversed(out)]

def short(path): return '/'.join(path.split('/')[-2:])

def region(s, rng, low=0, high=None):
    """(begin, p, e, end): whole lines begin..end around the region p..e"""
    n = len(s) if high is None else high; p = rng.randrange(low, max(low + 1, n - 20)); kind = rng.random(); e = s.find('\n', p); e = n if e < 0 else min(e, n)
    if kind < .27: pass                                                   # the rest of the line
    elif kind < .40:                                                      # up to the closers at its end
        while e > p and s[e - 1] in ')]};:, "\'`': e -= 1
    elif kind < .55:                                                      # to the end of one of the next lines
        if rng.random() < .6: p = s.rfind('\n', 0, p) + 1
        e = p
        for _ in range(rng.randint(1, 8)):
            q = s.find('\n', e + 1)
            if q < 0: e = n; break
            e = q
    elif kind < .66:                                                      # what stands indented under a line: a body
        q = s.find('\n', p)
        if q >= 0:
            head = s[s.rfind('\n', 0, p) + 1:q]; w = len(head) - len(head.lstrip()); at = q + 1; last = at
            for _ in range(14):
                z = s.find('\n', at)
                if z < 0: break
                line = s[at:z]
                if line.strip() and len(line) - len(line.lstrip()) <= w: break
                at = z + 1
                if line.strip(): last = z
            if last > q + 1:
                e = last; p = q + 1
                if rng.random() < .7: p += len(s[p:e]) - len(s[p:e].lstrip(' \t'))
    elif kind < .98: e = min(n, p + int(math.exp(rng.uniform(0, math.log(420)))))   # any span
    else: e = p                                                           # nothing is missing
    if kind < .40 and rng.random() < .25:                                 # the whole line but its indentation
        p = s.rfind('\n', 0, p) + 1
        while p < n and s[p] in ' \t': p += 1
        e = max(p, e)
    begin = s.rfind('\n', 0, p) + 1; end = s.find('\n', e); end = len(s) - 1 if end < 0 else end
    return begin, p, e, end

def whole_lines(v, s, begin, p, end):
    """tokens of the lines begin..end with their newline, and the first that holds anything from p on"""
    e = v.tok.encode(s[begin:end + 1], add_special_tokens=False); typed = p - begin
    return e.ids, next((i for i, (_, b) in enumerate(e.offsets) if b > typed), len(e.ids))

def example(v, c, rng):
    """(tokens, targets: [(index of the row that predicts, weight)], first, plain)"""
    while True:
        i = c.choose(rng); s = c.files[i]['text']; path = c.files[i]['path']
        if rng.random() < .06:                                            # plain code, left to right
            p = s.rfind('\n', 0, rng.randrange(len(s))) + 1; x = v.encode(s[p:p + 1600])[:rng.choice([140, 200, 330])]
            if len(x) < 60: continue
            if rng.random() < .5: x = [v.prefix] + x
            return x, [(k, .25) for k in range(8, len(x) - 1)], None
        begin, p, e, end = region(s, rng); middle = s[p:e]; typed = s[begin:p]; tail = s[e:end]
        if len(typed) > 160 or len(tail) > 120 or len(middle) > 700 or (not middle.strip() and rng.random() < .9): continue
        prose = (typed + middle).strip().startswith(('#', '//', '*', '/*')) or s[max(0, begin - 2000):begin].count('"""') % 2
        if prose and rng.random() < .75: continue
        if rng.random() < .25:                                            # the anchor stays where an earlier answer began
            for _ in range(rng.randint(1, 4)): begin = s.rfind('\n', 0, max(0, begin - 1)) + 1
        M, k = whole_lines(v, s, begin, p, end)
        if k > 48 or len(M) - k > 190: continue
        holes, after = [], s[e:e + 600]; counted = [(k - 1 + q, 1.) for q in range(len(M) - k + 1)]
        if rng.random() < .09:                                            # further holes: sentinels in S, answers one after another in M
            at, parts, from_ = end + 1, [], e
            for sentinel in v.holes[:rng.randint(1, 3)]:
                high = min(len(s), at + 500)
                if high - at < 60: break
                b2, p2, e2, end2 = region(s, rng, at, high)
                if b2 < at or end2 - b2 > 400 or not s[p2:e2].strip(): break
                M2, k2 = whole_lines(v, s, b2, p2, end2)
                if k2 > 48 or len(M2) - k2 > 60: break
                parts += [v.encode(s[from_:p2]), [sentinel]]; base = len(M); M = M + [sentinel] + M2; from_ = e2; at = end2 + 1
                counted.append((base - 1, 1.)); counted += [(base + k2 + q, 1.) for q in range(len(M2) - k2)]
            if parts:
                S = [t for part in parts for t in part]
                if len(S) > 200: continue
                S += v.encode(s[from_:from_ + 240])[:48]
                counted = sorted({*counted, (len(M) - 1, 1.)}); holes = parts
        if not holes: S = v.encode(after)[:rng.choice([4, 16, 32, 64, 64, 64, 64, 120])]
        budget = rng.choice([48, 96, 160, 160, 256, 400, 640]); mode = rng.random(); known = [v.prefix]
        if mode > .35:
            if mode > .65:
                around = s[e:e + 200] + (' ' + middle if rng.random() < .3 else '') + s[max(0, begin - 700):p]; room = 384; block = []
                for q, text in c.related(i, around, rng, rng.randint(1, 3)):
                    x = [v.file] + v.encode(short(q) + '\n' + text)[:200]
                    if len(x) <= room: block += x; room -= len(x)
                known += block; budget = min(budget, 400)
            known += [v.file] + v.encode(short(path) + '\n')[:24]
        start = max(0, begin - budget * 4)
        if start > 0: start = s.find('\n', start, begin) + 1 or start
        P = v.encode(s[start:begin])[-budget:]
        x = known + P + [v.suffix] + S + [v.middle]; base = len(x); x = x + M + [v.end]
        if len(x) > MOST_TOKENS: continue
        return x, [(base + r, w) for r, w in counted], base

