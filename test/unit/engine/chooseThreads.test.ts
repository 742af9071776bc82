import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { chooseThreads } from "../../../src/engine/chooseThreads";
import { probeAppleCores } from "../../../src/engine/probeAppleCores";
import { probeCores, type Cores } from "../../../src/engine/probeCores";
import { probeLinuxCores } from "../../../src/engine/probeLinuxCores";
import { probeLinuxQuota } from "../../../src/engine/probeLinuxQuota";

type Files = Readonly<Record<string, string>>;

/** One core: its logical processors, and what its files say of each. */
interface Core {
  readonly processors: readonly number[];
  readonly files?: Files;
}

/** @param allowed absent: all processors */
function linux(cores: readonly Core[], extra: Files = {}, allowed?: string): (file: string) => string | undefined {
  const all = cores.flatMap(({ processors }) => processors).sort((a, b) => a - b);
  const files: Record<string, string> = { "/proc/self/status": `Name:\tnode\nCpus_allowed_list:\t${allowed ?? all.join(",")}\n`, ...extra };
  for (const { processors, files: own = {} } of cores)
    for (const processor of processors) {
      const folder = `/sys/devices/system/cpu/cpu${processor}`;
      files[`${folder}/topology/thread_siblings_list`] = `${processors.join(",")}\n`;
      for (const [name, text] of Object.entries(own)) files[`${folder}/${name}`] = text;
    }
  return (file) => files[file];
}
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const maxFreq = (kHz: number): Files => ({ "cpufreq/cpuinfo_max_freq": `${kHz}\n` });
/** a core and its sibling far behind, as Linux numbers them on most desktops */
const twoThreads = (cores: number, files: Files = {}) => times(cores, (i): Core => ({ processors: [i, i + cores], files }));
const oneThread = (cores: number, first = 0, files: Files = {}) => times(cores, (i): Core => ({ processors: [first + i], files }));
const v2 = (max: string): Files => ({ "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": max });

const HYBRID = [
  ...times(6, (i): Core => ({ processors: [2 * i, 2 * i + 1], files: maxFreq(i < 2 ? 5_000_000 : 4_800_000) })),
  ...oneThread(8, 12, maxFreq(3_700_000)),
];

const MACHINES: readonly [name: string, read: (file: string) => string | undefined, cores: Cores, threads: number][] = [
  [
    "a laptop of 4 cores with 2 threads each",
    linux(twoThreads(4, maxFreq(4_200_000))),
    { fast: 4, slow: 0, quota: Infinity, processors: 8 },
    4,
  ],
  ["an old one of 2 cores with 2 threads each", linux(twoThreads(2)), { fast: 2, slow: 0, quota: Infinity, processors: 4 }, 2],
  ["a desktop of 6 cores, one for the editor", linux(twoThreads(6)), { fast: 6, slow: 0, quota: Infinity, processors: 12 }, 5],
  [
    "a desktop of 8 cores, whose favourites turbo higher",
    linux([...oneThread(2, 0, maxFreq(5_400_000)), ...oneThread(6, 2, maxFreq(5_100_000))]),
    { fast: 8, slow: 0, quota: Infinity, processors: 8 },
    7,
  ],
  [
    "Intel's 6 P with 8 E, named",
    linux(HYBRID, { "/sys/devices/cpu_atom/cpus": "12-19\n" }),
    { fast: 6, slow: 8, quota: Infinity, processors: 20 },
    6,
  ],
  ["the same where they are not named", linux(HYBRID), { fast: 6, slow: 8, quota: Infinity, processors: 20 }, 6],
  [
    "Intel's 2 P with 8 E: two of these help",
    linux([{ processors: [0, 1] }, { processors: [2, 3] }, ...oneThread(8, 4)], { "/sys/devices/cpu_atom/cpus": "4-11\n" }),
    { fast: 2, slow: 8, quota: Infinity, processors: 12 },
    4,
  ],
  [
    "Intel's 4 E alone, named: none is slower than the others",
    linux(oneThread(4), { "/sys/devices/cpu_atom/cpus": "0-3\n" }),
    { fast: 4, slow: 0, quota: Infinity, processors: 4 },
    4,
  ],
  [
    "AMD's 4 fast with 8 dense cores",
    linux([
      ...times(4, (i): Core => ({ processors: [i, i + 12], files: maxFreq(5_157_000) })),
      ...times(8, (i): Core => ({ processors: [i + 4, i + 16], files: maxFreq(3_300_000) })),
    ]),
    { fast: 4, slow: 8, quota: Infinity, processors: 24 },
    4,
  ],
  [
    "ARM's 4 big with 4 LITTLE by capacity, whatever their frequencies",
    linux([
      ...oneThread(4, 0, { cpu_capacity: "414\n", ...maxFreq(1_800_000) }),
      ...oneThread(4, 4, { cpu_capacity: "1024\n", ...maxFreq(1_900_000) }),
    ]),
    { fast: 4, slow: 4, quota: Infinity, processors: 8 },
    4,
  ],
  [
    "a server of 64 cores with 2 threads each",
    linux(twoThreads(64, maxFreq(3_500_000))),
    { fast: 64, slow: 0, quota: Infinity, processors: 128 },
    8,
  ],
  ["a virtual machine of 2 processors that are cores", linux(oneThread(2)), { fast: 2, slow: 0, quota: Infinity, processors: 2 }, 2],
  [
    "a virtual machine of 2 processors that are one core",
    linux([{ processors: [0, 1] }]),
    { fast: 1, slow: 0, quota: Infinity, processors: 2 },
    1,
  ],
  ["a container with 2.5 of 64 cores", linux(twoThreads(64), v2("250000 100000\n")), { fast: 64, slow: 0, quota: 2.5, processors: 128 }, 2],
  ["a container with half a core", linux(oneThread(8), v2("50000 100000\n")), { fast: 8, slow: 0, quota: 0.5, processors: 8 }, 1],
  [
    "a container that may use three threads of two cores",
    linux(twoThreads(4), {}, "0-1,5"),
    { fast: 2, slow: 0, quota: Infinity, processors: 3 },
    2,
  ],
  [
    "a process on Intel's E cores alone",
    linux(HYBRID, { "/sys/devices/cpu_atom/cpus": "12-19" }, "12-15"),
    { fast: 4, slow: 0, quota: Infinity, processors: 4 },
    4,
  ],
];

describe("threads from the machine", () => {
  for (const [name, read, cores, threads] of MACHINES)
    it(`${name}: ${threads}`, () => {
      const probed = probeLinuxCores(read);
      assert.deepEqual(probed, cores);
      assert.equal(
        chooseThreads(0, cores.processors, () => probed),
        threads,
      );
    });

  for (const [name, said, fast, slow, threads] of [
    ["an M2 of 4 and 4", "hw.perflevel0.physicalcpu: 4\nhw.physicalcpu: 8\nhw.logicalcpu: 8\n", 4, 4, 4],
    ["an M3 Max of 12 and 4", "hw.perflevel0.physicalcpu: 12\nhw.physicalcpu: 16\nhw.logicalcpu: 16\n", 12, 4, 8],
    ["an M1 Pro of 6 and 2", "hw.perflevel0.physicalcpu: 6\nhw.physicalcpu: 8\nhw.logicalcpu: 8\n", 6, 2, 6],
    ["an Intel Mac, which knows no levels", "hw.physicalcpu: 6\nhw.logicalcpu: 12\n", 6, 0, 5],
  ] as const)
    it(`${name}: ${threads}`, () => {
      const cores = probeAppleCores(() => said);
      assert.deepEqual([cores?.fast, cores?.slow], [fast, slow]);
      assert.equal(
        chooseThreads(0, cores!.processors, () => cores),
        threads,
      );
    });

  it("takes what was asked for", () =>
    assert.equal(
      chooseThreads(3, 16, () => ({ fast: 8, slow: 0, quota: 1, processors: 16 })),
      3,
    ));

  it("without the system's word takes all of a small machine, half of a large one, never more than eight", () => {
    const unknown = (processors: number) => chooseThreads(0, processors, () => undefined);
    assert.deepEqual([1, 2, 4, 8, 12, 64].map(unknown), [1, 2, 4, 4, 6, 8]);
  });

  it("knows no cores where siblings, lists or counts are garbage", () => {
    const status = (list: string) => probeLinuxCores(linux(oneThread(2), {}, list));
    for (const list of ["", "0-", "a", "0,,1", "-1"]) assert.equal(status(list), undefined, list);
    assert.equal(probeLinuxCores(linux(oneThread(2), {}, "0-2")), undefined, "a processor without files");
    for (const said of ["", "hw.physicalcpu: 8\n", "hw.physicalcpu: x\nhw.logicalcpu: 8\n"])
      assert.equal(
        probeAppleCores(() => said),
        undefined,
        said,
      );
  });

  it("does not believe a system that speaks of other processors than Node", () => assert.equal(probeCores(4_097), undefined));

  it("says something of this very machine that its processors allow", () => {
    const threads = chooseThreads(0, availableParallelism());
    assert.ok(threads >= 1 && threads <= Math.min(8, availableParallelism()), `${threads}`);
  });
});

describe("a container's quota", () => {
  const quota = (files: Files) => probeLinuxQuota((file) => files[file]);
  it("is the least on the way up", () => {
    const files = { "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/cpu.max": "100000 50000\n" };
    assert.equal(quota({ ...files, "/sys/fs/cgroup/a/b/cpu.max": "max 100000\n" }), 2);
    assert.equal(quota({ ...files, "/sys/fs/cgroup/a/b/cpu.max": "300000 100000\n" }), 2);
    assert.equal(quota({ ...files, "/sys/fs/cgroup/a/b/cpu.max": "100000 100000\n" }), 1);
  });
  it("is read in version 1 too, under either name", () => {
    const own = "4:memory:/a\n3:cpu,cpuacct:/docker/x\n";
    const limit = (folder: string): Files => ({ [`${folder}/cpu.cfs_quota_us`]: "400000\n", [`${folder}/cpu.cfs_period_us`]: "100000\n" });
    assert.equal(quota({ "/proc/self/cgroup": own, ...limit("/sys/fs/cgroup/cpu,cpuacct/docker/x") }), 4);
    assert.equal(quota({ "/proc/self/cgroup": own, ...limit("/sys/fs/cgroup/cpu") }), 4);
    assert.equal(quota({ "/proc/self/cgroup": own, ...limit("/sys/fs/cgroup/memory/a") }), Infinity);
  });
  it("is none where it says -1, garbage or nothing", () => {
    const v1 = { "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n" };
    assert.equal(quota({ "/proc/self/cgroup": "1:cpu:/\n", ...v1 }), Infinity);
    assert.equal(quota(v2("garbage")), Infinity);
    assert.equal(quota(v2("100000 0")), Infinity);
    assert.equal(quota({}), Infinity);
  });
});
