import { performance } from "node:perf_hooks";
import { availableParallelism } from "node:os";
import type { Socket } from "node:net";
import {
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from "vscode-jsonrpc/node";
import { EngineError, type EngineFailure } from "../backends/engineError";
import type { DenoisingStep, Infill } from "../backends/infiller";
import { chooseThreads } from "./chooseThreads";
import { emptyInfill } from "./emptyInfill";
import type { BranchControl, EngineModel, LoadModel, ModelAnswer } from "./engineModel";
import { NewestWins } from "./newestWins";
import * as protocol from "./protocol";
import { validateBranches, validateRequest } from "./validateRequest";

/** A pass that does not end in this time is left behind at the end. */
const LAST_PASS_MS = 2_000;

/**
 * Serves one client over `socket` until it says `shutdown` or goes away.
 * An error that is no `EngineError` is a defect: it is answered as `engineDied` and ends the engine, whose state can no longer be trusted.
 * @returns the exit code for the process, once all answers are written and the model is closed
 */
export async function serve(socket: Socket, loadModel: LoadModel): Promise<number> {
  const connection = createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket), stderrLogger);
  const jobs = new NewestWins();
  let model: EngineModel | undefined;
  let initialized = false;
  let end: (exitCode: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));

  const answer = async <T>(work: () => Promise<T> | T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EngineError)) {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        setImmediate(() => end(1));
      }
      throw asResponse(error);
    }
  };

  connection.onRequest(protocol.initialize, (params) =>
    answer(async () => {
      if (params.protocolVersion !== protocol.PROTOCOL_VERSION)
        throw new EngineError({
          kind: "engineWontStart",
          detail: `it speaks protocol ${protocol.PROTOCOL_VERSION}, not ${params.protocolVersion}`,
        });
      if (initialized) throw new EngineError({ kind: "badRequest", detail: "initialize came twice" });
      initialized = true;
      const startedAtMs = performance.now();
      const threads = chooseThreads(params.threads, availableParallelism());
      model = await loadModel(params.modelDirectory, threads).catch(asWontStart);
      const { name, vocabularySize, runtime } = model;
      return { model: name, vocabularySize, loadMs: performance.now() - startedAtMs, threads, runtime };
    }),
  );

  /** Lets the model answer when its turn comes: with `count` infills, empty ones where a newer job comes before that. */
  const submit = (
    { id, deadlineMs }: Pick<protocol.InfillParams, "id" | "deadlineMs">,
    count: number,
    work: (model: EngineModel, control: BranchControl) => Promise<readonly ModelAnswer[]>,
  ): Promise<readonly Infill[]> => {
    const loaded = needModel(model);
    const arrivedAtMs = performance.now();
    const run = async (signal: AbortSignal): Promise<readonly Infill[]> => {
      const queuedMs = performance.now() - arrivedAtMs;
      const deadline = deadlineMs === undefined ? {} : { deadlineAtMs: arrivedAtMs + deadlineMs };
      const answers = await work(loaded, { signal, arrivedAtMs, ...deadline });
      const totalMs = performance.now() - arrivedAtMs;
      return answers.map(({ times, ...rest }) => ({ ...rest, times: { queuedMs, ...times, totalMs }, model: loaded.name }));
    };
    const displaced = (): Infill[] =>
      Array.from({ length: count }, () => emptyInfill("aborted", loaded.name, performance.now() - arrivedAtMs));
    return jobs.submit(id, run, displaced);
  };

  connection.onRequest(protocol.infill, (params) =>
    answer(async () => {
      validateRequest(params);
      const { id, request, steps } = params;
      const onStep = (step: DenoisingStep): void => void connection.sendNotification(protocol.step, { id, step }).catch(writeFailed);
      const [infill] = await submit(params, 1, async (loaded, control) => [
        await loaded.infill(request, { ...control, ...(steps && { onStep }) }),
      ]);
      return infill!;
    }),
  );

  connection.onRequest(protocol.infillBranches, (params) =>
    answer(() => {
      validateBranches(params);
      const { request, heads } = params;
      return submit(params, heads.length, (loaded, control) => loaded.infillBranches(request, heads, control));
    }),
  );

  connection.onRequest(protocol.readAhead, (params) =>
    answer(async () => {
      validateRequest(params);
      const loaded = needModel(model);
      if (jobs.isIdle)
        await jobs.submit(
          params.id,
          (signal) => loaded.readAhead(params.request, signal).then(() => null),
          () => null,
        );
      return null;
    }),
  );

  connection.onRequest(protocol.status, () => {
    const { user, system } = process.cpuUsage();
    return { rssBytes: process.memoryUsage.rss(), cachedTokens: model?.cachedTokens() ?? 0, cpuMs: (user + system) / 1_000 };
  });
  connection.onNotification(protocol.abort, ({ id }) => jobs.abort(id));
  connection.onNotification(protocol.shutdown, () => end(0));
  connection.onClose(() => end(0));
  connection.onError(([error]) => {
    process.stderr.write(`The pipe to the engine broke: ${error.message}\n`);
    end(1);
  });
  connection.listen();

  const exitCode = await ended;
  await atMost(LAST_PASS_MS, jobs.abortAll());
  await model?.dispose();
  if (!socket.destroyed) await atMost(LAST_PASS_MS, sayGoodbye(connection, socket));
  return exitCode;
}

/** Messages are written in order, so once this last one is written all answers are. */
async function sayGoodbye(connection: MessageConnection, socket: Socket): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  try {
    await connection.sendNotification(protocol.goodbye);
  } catch (error) {
    writeFailed(error);
  }
  await new Promise<void>((resolve) => socket.end(resolve));
}

function needModel(model: EngineModel | undefined): EngineModel {
  if (!model) throw new EngineError({ kind: "badRequest", detail: "infill came before initialize was answered" });
  return model;
}

/** What is not the model's fault is the machine's: a library that is missing or made for another processor. */
function asWontStart(error: unknown): never {
  if (error instanceof EngineError) throw error;
  const detail = (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
  process.stderr.write(`${error instanceof Error ? error.stack : detail}\n`);
  throw new EngineError({ kind: "engineWontStart", detail }, { cause: error });
}

function asResponse(error: unknown): ResponseError<EngineFailure> {
  if (error instanceof EngineError) return new ResponseError(ErrorCodes.InvalidRequest, error.message, error.failure);
  const detail = error instanceof Error ? error.message : String(error);
  return new ResponseError<EngineFailure>(ErrorCodes.InternalError, detail, { kind: "engineDied", detail });
}

/** A message that cannot be written: the pipe is gone, and its closing ends the engine. */
function writeFailed(error: unknown): void {
  process.stderr.write(`A message to the client was not sent: ${String(error)}\n`);
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const toStderr = (message: string): void => void process.stderr.write(`${message}\n`);
const stderrLogger = { error: toStderr, warn: toStderr, info: toStderr, log: toStderr };
