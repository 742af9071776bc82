import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { passesTests, runInSandbox } from "../../eval/pythonTests";

const PROBLEM = {
  ...{ id: "double", language: "python", kind: "span", target: "2 * x" },
  prefix: "def double(x):\n    return ",
  suffix: "\n",
  tests: { code: "def check(candidate):\n    assert candidate(3) == 6", entryPoint: "double" },
};

describe("the sandbox of the problems' tests", function () {
  this.timeout(60_000);
  before(function () {
    if (spawnSync("python3", ["--version"]).status === 0) return;
    console.log("      not run: there is no python3");
    this.skip();
  });

  const fails = async (program: string, why: RegExp): Promise<void> => {
    const { endedWell, stderr } = await runInSandbox(program);
    assert.equal(endedWell, false);
    assert.match(stderr, why);
  };

  it("tells right from wrong, and what does not compile", async () => {
    assert.equal(await passesTests(PROBLEM, "2 * x"), true);
    assert.equal(await passesTests(PROBLEM, "3 * x"), false);
    assert.equal(await passesTests(PROBLEM, "2 * ("), false);
    await assert.rejects(passesTests({ ...PROBLEM, tests: undefined } as never, ""), /no tests/);
  });

  it("lets through what solutions use", async () => {
    const { endedWell, stderr } = await runInSandbox(
      "import math, re, hashlib, collections, itertools, functools, heapq, bisect, copy, string, random, typing\nassert hashlib.md5(b'a').hexdigest()",
    );
    assert.ok(endedWell, stderr);
  });

  it("ends what loops and what sleeps", async () => {
    const limits = { seconds: 1, graceMs: 200, megabytes: 256 };
    const programs = ["while True: pass", "import time\ntime.sleep(600)"];
    const ends = await Promise.all(programs.map((program) => runInSandbox(program, limits)));
    assert.deepEqual(
      ends.map(({ endedWell }) => endedWell),
      [false, false],
    );
  });

  it("takes nothing for passed that ends before its tests have spoken, however it says so", async () => {
    for (const end of ["exit()", "raise SystemExit(0)", "import os; os._exit(0)", "import sys; sys.exit(88)", "raise KeyboardInterrupt"])
      assert.equal((await runInSandbox(`${end}\nassert False`)).endedWell, false, end);
  });

  it("refuses memory without end", () => fails("x = bytearray(4 << 30)", /MemoryError/));

  it("refuses the network, by sockets and by what is built on them", async () => {
    await fails("import socket\nsocket.socket().connect(('127.0.0.1', 1))", /PermissionError: socket/);
    await fails("import _socket\n_socket.socket()", /PermissionError: socket/);
    await fails("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:1')", /PermissionError/);
  });

  it("refuses other processes", async () => {
    await fails("import os\nos.system('true')", /PermissionError: os\.system/);
    await fails("import subprocess\nsubprocess.run(['true'])", /PermissionError: subprocess/);
    await fails("import os\nos.fork()", /PermissionError: os\.fork/);
  });

  it("refuses to write, rename and remove, and leaves a file as it was", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "unmask-sandbox-"));
    const file = path.join(folder, "kept.txt");
    fs.writeFileSync(file, "kept");
    try {
      const name = JSON.stringify(file);
      await fails(`open(${name}, "w").write("gone")`, /nothing may be written/);
      await fails(`import os\nos.open(${name}, os.O_WRONLY)`, /nothing may be written/);
      await fails(`import os\nos.remove(${name})`, /PermissionError: os\.remove/);
      await fails(`import os\nos.rename(${name}, ${name} + "2")`, /PermissionError: os\.rename/);
      assert.equal(fs.readFileSync(file, "utf8"), "kept");
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("gives a program nothing of the environment", async () => {
    process.env["UNMASK_SECRET_OF_A_TEST"] = "secret";
    try {
      const { endedWell, stderr } = await runInSandbox("import os\nassert 'UNMASK_SECRET_OF_A_TEST' not in os.environ, 'it is there'");
      assert.ok(endedWell, stderr);
    } finally {
      delete process.env["UNMASK_SECRET_OF_A_TEST"];
    }
  });
});
