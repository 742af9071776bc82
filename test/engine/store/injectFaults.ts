// A preload (--require) that counts every operation which changes the file system, and makes one of them fail, or be the last. It wraps node:fs/promises,
// by which the product writes all that it writes; reading goes unhindered.
import { appendFileSync, existsSync, fstatSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import fs, { type FileHandle } from "node:fs/promises";
import * as path from "node:path";
import { UnsyncedFiles } from "./unsyncedFiles";
import type { FaultPlan, Operation, Role } from "./faultPlan";

const plan = JSON.parse(process.env["UNMASK_FAULT_PLAN"]!) as FaultPlan;
const role: Role = path.basename(process.argv[1]!).startsWith("prepare") ? "prepare" : "store";
/** Read once: an orphan's is another. */
const parent = process.ppid;
const original = { ...fs };
const unsynced = new UnsyncedFiles();
/** What a child leaves unsynced, for its parent's power cut. */
const legacy = `${plan.journal}.unsynced`;
let count = 0;

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

function cutPower(): Promise<never> {
  if (role === "prepare") process.kill(parent, "SIGKILL");
  for (const [file, bytes] of unsynced.entries()) if (existsSync(file)) truncateSync(file, bytes);
  return die();
}

/** @param half what of a write is still done when it is torn */
async function step<T>(call: string, file: string, run: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
  const index = ++count;
  if (role === "store" && existsSync(legacy)) {
    unsynced.add(JSON.parse(readFileSync(legacy, "utf8")) as [string, number][]);
    rmSync(legacy);
  }
  appendFileSync(plan.journal, `${JSON.stringify({ role, pid: process.pid, parent, index, call, path: file } satisfies Operation)}\n`);
  const { fault } = plan;
  if (fault?.role !== role || fault.index !== index) return run();
  switch (fault.kind) {
    case "EIO":
    case "ENOSPC":
      // A handle is gone even where closing it failed.
      if (call === "close") await run();
      throw Object.assign(new Error(`${fault.kind}: injected, ${call} '${file}'`), { code: fault.kind, syscall: call, path: file });
    case "kill":
      return die();
    case "torn":
      await half?.();
      return die();
    case "cut":
      return cutPower();
  }
}

function watchHandle(handle: FileHandle, file: string): FileHandle {
  const bytesAtOpen = fstatSync(handle.fd).size;
  const own = {
    write: handle.write.bind(handle) as (...args: WriteArguments) => Promise<unknown>,
    writeFile: handle.writeFile.bind(handle),
    sync: handle.sync.bind(handle),
    close: handle.close.bind(handle),
  };
  return Object.assign(handle, {
    write: (...args: WriteArguments) => {
      unsynced.wrote(file, bytesAtOpen);
      const [buffer, offset = 0, length = buffer.byteLength - offset, position = null] = args;
      return step(
        "write",
        file,
        () => own.write(...args),
        () => own.write(buffer, offset, length >> 1, position),
      );
    },
    writeFile: (data: string | Uint8Array) => {
      unsynced.wrote(file, bytesAtOpen);
      return step(
        "writeFile",
        file,
        () => own.writeFile(data),
        () => own.writeFile(halfOf(data)),
      );
    },
    sync: () =>
      step("sync", file, async () => {
        await own.sync();
        unsynced.synced(file, fstatSync(handle.fd).size);
      }),
    close: () => step("close", file, own.close),
  });
}

type WriteArguments = [buffer: Uint8Array, offset?: number, length?: number, position?: number | null];

const halfOf = (data: string | Uint8Array) => data.slice(0, data.length >> 1);

/** As `rm` does it, file by file, so that it can be stopped between two. */
async function remove(file: string, force: boolean): Promise<void> {
  const status = await original.lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (force && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (status === undefined) return;
  if (!status.isDirectory()) {
    await step("unlink", file, () => original.unlink(file));
    return unsynced.removed(file);
  }
  for (const name of await original.readdir(file)) await remove(path.join(file, name), force);
  await step("rmdir", file, () => original.rmdir(file));
}

Object.assign(fs, {
  open: async (file: string, flags: string) => {
    // Directories are opened to be read, and then synced.
    const open = () => original.open(file, flags);
    return watchHandle(flags === "r" ? await open() : await step("open", file, open), file);
  },
  writeFile: (file: string, data: string) => {
    unsynced.wrote(file, 0);
    return step(
      "writeFile",
      file,
      () => original.writeFile(file, data),
      () => original.writeFile(file, halfOf(data)),
    );
  },
  mkdir: (file: string, options?: object) => step("mkdir", file, () => original.mkdir(file, options)),
  rename: async (from: string, to: string) => {
    await step("rename", to, () => original.rename(from, to));
    unsynced.renamed(from, to);
  },
  rm: (file: string, options?: { force?: boolean }) => remove(file, options?.force === true),
  rmdir: (file: string) => step("rmdir", file, () => original.rmdir(file)),
  utimes: (file: string, ...times: [Date, Date]) => step("utimes", file, () => original.utimes(file, ...times)),
});

// Of no use without a fault, and several processes at once would take it from each other.
if (role === "prepare" && plan.fault !== undefined) process.on("exit", () => writeFileSync(legacy, JSON.stringify(unsynced.entries())));
