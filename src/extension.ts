import * as os from "node:os";
import * as path from "node:path";
import { setImmediate as pause, setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";
import { EngineError } from "./backends/engineError";
import type { Infill } from "./backends/infiller";
import { LocalInfiller } from "./backends/local";
import { logWords } from "./backends/logWords";
import { acceptCertain } from "./completion/acceptCertain";
import { Completer } from "./completion/completer";
import { cursorRests } from "./completion/cursorRests";
import { FirstKeys } from "./completion/firstKeys";
import { keptAcceptance } from "./completion/gate/keptAcceptance";
import { learnFrom } from "./completion/gate/learnFrom";
import { LearnedGate } from "./completion/gate/learnedGate";
import { hideGhostText } from "./completion/hideGhostText";
import { registerPeekKeys } from "./completion/peekEditor";
import { DOCUMENTS, InlineProvider } from "./completion/provider";
import { RecordedInfiller } from "./completion/recordedInfiller";
import { isLanguageOn, readSettings, type Settings } from "./config";
import { FileRules } from "./context/fileRules";
import { followDocuments } from "./context/followDocuments";
import { RelatedFiles } from "./context/relatedFiles";
import { contextReport } from "./context/report/contextReport";
import { LastRequest } from "./context/report/lastRequest";
import { registerShowContext } from "./context/report/showContext";
import { DEFAULT_BUDGET } from "./diffusion/contextBudget";
import { EngineClient } from "./engine/client";
import { emptyInfill } from "./engine/emptyInfill";
import { staysDown, type EngineState } from "./engine/engineState";
import { EngineSupervisor } from "./engine/supervisor";
import { TurnFile } from "./engine/turnFile";
import { WindowTurn } from "./engine/windowTurn";
import { FillCommands } from "./fill/fillCommands";
import { storeDirectory } from "./model/store/storeDirectory";
import { SyntaxTrees } from "./region/syntaxTrees";
import { registerTrace } from "./trace/panel";
import { TraceRecorder } from "./trace/recording";
import { AskAgainWhenReady } from "./ui/askAgainWhenReady";
import { LanguageStatusItem } from "./ui/languageStatusItem";
import { chooseModel } from "./ui/chooseModel";
import { explainFailure } from "./ui/explainFailure";
import { makeModelKeeper } from "./ui/makeModelKeeper";
import type { ModelState } from "./ui/modelKeeper";
import { OnceNotices } from "./ui/onceNotices";
import { registerCommands } from "./ui/registerCommands";
import { sayProblem } from "./ui/sayProblem";
import { shippedModelFolder } from "./ui/shippedModelFolder";
import { sleepWhenUnused } from "./ui/sleepWhenUnused";
import { makeSnooze, registerSnooze } from "./ui/snoozeCommands";
import { StatusItem } from "./ui/statusItem";
import { statusView, type StatusInput } from "./ui/statusView";
import { unusableModel } from "./ui/unusableModel";
import { registerWalkthrough } from "./ui/walkthrough";
import { KeptSpeed } from "./usage/keptSpeed";
import { makeUsage, type Usage } from "./usage/makeUsage";
import { speakVscodesLanguage } from "./words/speakVscodesLanguage";

/** What other extensions and the tests may see. */
export interface UnmaskApi {
  readonly model: ModelState;
  readonly engine: EngineState;
  /** What `activate` took of the window's start. */
  readonly activationMs: number;
}

/** The window is given this long to draw itself before the engine takes the processor. */
const WARM_UP_DELAY_MS = 500;
/** What a keystroke waits for the model to be found. */
const MODEL_LOOK_MS = 300;

let supervisorInUse: EngineSupervisor | undefined;
let usageInUse: Usage | undefined;

/** Makes the parts and registers them. The model is loaded later: when an editor has been open for a moment, or with the first request. */
export function activate(context: vscode.ExtensionContext): UnmaskApi {
  const startedAtMs = performance.now();
  speakVscodesLanguage();
  const log = vscode.window.createOutputChannel("Unmask", { log: true });
  const settings = (scope?: vscode.ConfigurationScope): Settings => {
    const configuration = vscode.workspace.getConfiguration("unmask", scope ?? null);
    return readSettings((key) => configuration.get(key));
  };
  const logFailure = (error: unknown): void => {
    // The supervisor tells of an EngineError, once.
    if (!(error instanceof EngineError)) log.error(error instanceof Error ? error : String(error));
  };
  const inDist = (name: string): string => path.join(context.extensionPath, "dist", name);

  const keeper = makeModelKeeper(context, settings, log);
  const turn = new WindowTurn({
    file: new TurnFile(storeDirectory(), os.hostname()),
    isStillWanted: () => vscode.window.state.focused,
    onLog: (line) => log.warn(line),
  });
  const supervisor = new EngineSupervisor({
    turn,
    createClient: () =>
      new EngineClient({
        entry: inDist("engine.cjs"),
        modelDirectory: keeper.directoryForEngine(),
        threads: settings()["engine.threads"],
        onLog: (line) => log.info(line),
      }),
    onLog: (line) => log.warn(line),
  });
  supervisorInUse = supervisor;
  const recorder = new TraceRecorder();
  const local = new LocalInfiller(supervisor);
  const sent = new LastRequest(local);
  const infiller = new RecordedInfiller(sent, recorder);
  const askAgain = new AskAgainWhenReady(supervisor, logFailure);
  const trees = new SyntaxTrees({
    directory: inDist("grammars") + path.sep,
    nowMs: () => performance.now(),
    pause: () => pause(),
    onError: (error) => log.warn("A grammar could not be used; indentation decides instead.", error),
  });
  const gate = new LearnedGate(keptAcceptance(context.globalState, logFailure));
  const usage = makeUsage(
    context,
    () => settings().statistics,
    () => gate.forget(),
    log,
  );
  usageInUse = usage;
  context.subscriptions.push(usage.offers.onSettled((settled) => learnFrom(gate, settled)));
  const snooze = makeSnooze(() => applySnooze());
  const speed = new KeptSpeed(context.globalState, logFailure);
  const measured = async (answer: Promise<Infill>): Promise<Infill> => {
    const infill = await answer;
    speed.add(infill);
    return infill;
  };
  const completer = new Completer({
    ask: ({ infill, place, deadlineMs }, signal, onStep) =>
      // A keystroke that waited while a fill began must not take the engine from it.
      fill.isRunning
        ? Promise.resolve(emptyInfill("aborted", "", 0))
        : measured(infiller.infill(infill, place, { signal, onStep, deadlineMs })),
    askBranches: ({ infill, deadlineMs }, heads, signal) =>
      fill.isRunning
        ? Promise.resolve(heads.map(() => emptyInfill("aborted", "", 0)))
        : infiller.infillBranches(infill, heads, { signal, deadlineMs }),
    readAhead: (request) => void (fill.isRunning || snooze.end !== undefined ? undefined : local.readAhead(request).catch(logFailure)),
    learnedSureness: () => gate.leastSureness,
    nowMs: () => performance.now(),
    sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
  });
  const nowMs = (): number => performance.now();
  const isSuggesting = (document: vscode.TextDocument): boolean => {
    const now = settings(document);
    return now.enable && isLanguageOn(now, document.languageId) && snooze.end === undefined;
  };
  const related = new RelatedFiles({
    rules: new FileRules((uri) => settings(uri).exclude, nowMs),
    isOn: (document) => settings(document)["context.related"],
    isSuggesting,
    nowMs,
    // The engine may read them where the cursor rests already.
    onRead: (document) => vscode.window.activeTextEditor?.document === document && cursor.now(),
    onError: (error) => log.warn("Related files could not be read.", error),
  });
  const fill = new FillCommands({ infiller, related, trees, settings, untilModel: () => untilModel() });
  const provider = new InlineProvider({
    completer,
    trees,
    related,
    settings,
    log,
    watch: (document, position, ask) => askAgain.watch(document, position, ask),
    offered: (offered) => usage.offers.offered(offered),
    notNow: async () => {
      if (snooze.end !== undefined) return "snoozed";
      if (fill.isRunning) return "fillRunning";
      if (keeper.directory !== undefined) return undefined;
      // Found at once where it is prepared already; a question or a download is not waited for.
      const directory = await Promise.race([keeper.get("background"), wait(MODEL_LOOK_MS, undefined)]);
      return directory === undefined ? "noModel" : undefined;
    },
  });

  const cursor = cursorRests(provider);
  const firstKeys = new FirstKeys({
    isOn: (document) =>
      isSuggesting(document) && settings(document).trigger === "automatic" && vscode.languages.match(DOCUMENTS, document) > 0,
    ask: () => askAgain.askNow(),
    onError: logFailure,
  });

  const item = new StatusItem();
  const languageItem = new LanguageStatusItem();
  const status = (): StatusInput => {
    const document = vscode.window.activeTextEditor?.document;
    const now = settings(document);
    const language = document && { id: document.languageId, on: isLanguageOn(now, document.languageId) };
    return { enabled: now.enable, language, snoozed: snooze.end, model: keeper.state, engine: supervisor.state };
  };
  const showStatus = (): void => {
    const now = status();
    item.show(statusView(now));
    languageItem.show(now, vscode.window.activeTextEditor?.document);
  };
  const notices = new OnceNotices(sayProblem);
  keeper.onState(() => {
    showStatus();
    if (keeper.state.kind === "failed") notices.say("model", keeper.state.message);
    else if (keeper.state.kind === "have") notices.over("model");
  });
  let wasLoading = false;
  supervisor.onState((state) => {
    showStatus();
    if (state.kind === "failed") {
      const failure = new EngineError(state.failure);
      const { message } = failure;
      log.error(logWords(failure));
      if (state.failure.kind === "modelMissing") lookAnew(message).catch(logFailure);
      else if (staysDown(state.failure)) notices.say("engine", message);
    } else if (state.kind === "ready") {
      keeper.markLoaded();
      notices.over("engine");
      if (wasLoading) cursor.now();
    }
    wasLoading = state.kind === "loading";
  });
  /** The prepared folder has vanished: it is looked for, and made anew if need be, before the user is asked to see to it. */
  const lookAnew = async (message: string): Promise<void> => {
    if ((await keeper.lookAnew()) !== undefined) await restartEngine();
    else if (keeper.state.kind !== "failed") notices.say("engine", message);
  };
  /** The user wishes for the model: what was said of it once may be said again. */
  const untilModel = async (): Promise<boolean> => {
    notices.over("model");
    return (await keeper.get("user")) !== undefined;
  };
  const warmUp = async (): Promise<void> => {
    // A window in the background does not take the engine from the one that is worked in.
    if (!vscode.window.state.focused && (await turn.isElsewhere())) return;
    if ((await keeper.get("background")) !== undefined) await supervisor.warm();
  };
  let warmUpTimer: NodeJS.Timeout | undefined;
  const warmUpSoon = (): void => {
    clearTimeout(warmUpTimer);
    warmUpTimer = setTimeout(() => {
      const { enabled, language, snoozed } = status();
      if (enabled && snoozed === undefined && language?.on === true && supervisor.state.kind === "stopped") warmUp().catch(logFailure);
    }, WARM_UP_DELAY_MS);
  };

  /** Who wants no suggestions for a while has no use for the engine's memory either; a fill that runs ends first. */
  const applySnooze = (): void => {
    showStatus();
    if (snooze.end === undefined) return warmUpSoon();
    hideGhostText().catch(logFailure);
    if (!fill.isRunning) supervisor.stop().catch(logFailure);
  };

  const restartEngine = async (): Promise<void> => {
    completer.reset();
    if (!(await untilModel())) return;
    notices.over("engine");
    notices.over("restart");
    await supervisor.restart().catch((error: unknown) => {
      if (!(error instanceof EngineError)) logFailure(error);
      // One that stays down is told by its state; that must not be hidden behind a start that is tried again.
      else if (!staysDown(error.failure)) notices.say("restart", error.message);
    });
  };
  const getModel = async (): Promise<void> => {
    const { state } = supervisor;
    const isUnusable = state.kind === "failed" && (state.failure.kind === "modelDamaged" || state.failure.kind === "modelMissing");
    if (isUnusable && !(await keeper.discard())) {
      sayProblem(unusableModel(keeper.directory ?? ""));
      return;
    }
    if (keeper.state.kind !== "getting") keeper.reset();
    await restartEngine();
  };
  const isOnHere = (): boolean => {
    const { enabled, language } = status();
    return enabled && language?.on !== false;
  };
  const applySettings = (event: vscode.ConfigurationChangeEvent): void => {
    if (!event.affectsConfiguration("unmask")) return;
    completer.reset();
    const isOtherModel = event.affectsConfiguration("unmask.model.path") || event.affectsConfiguration("unmask.model.baseFile");
    // What was refused or failed may go otherwise now.
    const isOtherAnswer = event.affectsConfiguration("unmask.model.download") && ["missing", "failed"].includes(keeper.state.kind);
    if (isOtherModel || isOtherAnswer) keeper.reset();
    const isSwitchedOff = event.affectsConfiguration("unmask.enable") && !settings().enable;
    if (isOtherModel || isSwitchedOff || event.affectsConfiguration("unmask.engine")) supervisor.stop().catch(logFailure);
    // What is on the screen is of the settings before: switched off here, it must go.
    if (!isOnHere()) hideGhostText().catch(logFailure);
    showStatus();
    warmUpSoon();
  };

  context.subscriptions.push(
    log,
    item,
    languageItem,
    trees,
    fill,
    keeper,
    askAgain,
    { dispose: () => clearTimeout(warmUpTimer) },
    { dispose: () => completer.reset() },
    cursor,
    firstKeys,
    followDocuments(trees),
    related,
    registerShowContext(() => sent.last && contextReport(sent.last, related.notes.of(sent.last.request.related ?? []), DEFAULT_BUDGET)),
    registerTrace(context, recorder),
    registerSnooze(snooze),
    usage,
    registerWalkthrough(context, keeper, usage.offers),
    registerCommands({
      ...{ settings, status, getModel, restartEngine, log, memory: context.globalState },
      askForMore: () => provider.askForMore(),
      askAnew: () => provider.askAnew(),
      chooseModel: () =>
        chooseModel({
          ...{ keeper, settings, getModel },
          modelFolder: () => shippedModelFolder(context.extensionPath),
          speedOf: (model) => speed.of(model),
        }).catch((error: unknown) => sayProblem(explainFailure(error, logFailure))),
      acceptCertain: () => acceptCertain(provider.lastSuggestion),
    }),
    registerPeekKeys(() => provider.lastSuggestion),
    vscode.languages.registerInlineCompletionItemProvider(DOCUMENTS, {
      provideInlineCompletionItems: (document, position, asked, token) => {
        firstKeys.asked(document);
        return provider.provideInlineCompletionItems(document, position, askAgain.contextOf(asked), token);
      },
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      showStatus();
      warmUpSoon();
    }),
    // Another language for the open file comes as a document that is opened.
    vscode.workspace.onDidOpenTextDocument(showStatus),
    vscode.workspace.onDidChangeConfiguration(applySettings),
    sleepWhenUnused(supervisor, () => void supervisor.stop().catch(logFailure), warmUpSoon),
  );
  showStatus();
  warmUpSoon();
  const activationMs = performance.now() - startedAtMs;
  return {
    get model() {
      return keeper.state;
    },
    get engine() {
      return supervisor.state;
    },
    activationMs,
  };
}

/** Ends the engine in order, and writes what was counted. */
export async function deactivate(): Promise<void> {
  await Promise.all([supervisorInUse?.dispose(), usageInUse?.end()]);
  supervisorInUse = undefined;
  usageInUse = undefined;
}
