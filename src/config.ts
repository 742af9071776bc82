import type { SamplerName } from "./backends/infiller";

/** All settings, as package.json declares them; the keys are those of `unmask.*`. */
export interface Settings {
  readonly enable: boolean;
  /** language id → on or off; "*" for all others */
  readonly languages: Readonly<Record<string, boolean>>;
  /** globs; one without a slash names a file in any folder */
  readonly exclude: readonly string[];
  readonly multiline: "auto" | "never";
  /** whether typing asks for suggestions, or only the key */
  readonly trigger: "automatic" | "manual";
  readonly comments: boolean;
  readonly strings: boolean;
  /** percent; null: learned from what the user takes and dismisses */
  readonly leastSureness: number | null;
  /** whether to count what becomes of suggestions */
  readonly statistics: boolean;
  /** whether pieces of related files are sent where the file itself says little */
  readonly "context.related": boolean;
  readonly deadlineMs: number;
  readonly maxTokens: number;
  readonly "fill.maxTokens": number;
  readonly sampler: SamplerName;
  /** null: what the model's manifest says */
  readonly blockSize: number | null;
  /** folder of a prepared model; "": the store's */
  readonly "model.path": string;
  /** GGUF that the user has already; "": found or fetched */
  readonly "model.baseFile": string;
  readonly "model.download": "ask" | "always" | "never";
  /** 0: the engine chooses */
  readonly "engine.threads": number;
}

/** Must match package.json's `contributes.configuration`; a test compares them. */
export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  languages: { "*": true, plaintext: false, markdown: false, log: false, scminput: false },
  exclude: [
    ".env",
    ".env.*",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "id_rsa",
    "id_ecdsa",
    "id_ed25519",
    ".npmrc",
    ".pypirc",
    ".netrc",
    "**/.ssh/**",
    "**/.aws/credentials",
  ],
  multiline: "auto",
  trigger: "automatic",
  comments: false,
  strings: true,
  leastSureness: null,
  statistics: true,
  "context.related": true,
  deadlineMs: 1_500,
  maxTokens: 96,
  "fill.maxTokens": 256,
  sampler: "verified",
  blockSize: null,
  "model.path": "",
  "model.baseFile": "",
  "model.download": "ask",
  "engine.threads": 0,
};

/** Least and most of each number; the same in package.json. */
export const LIMITS = {
  leastSureness: [0, 100],
  deadlineMs: [100, 60_000],
  maxTokens: [8, 512],
  "fill.maxTokens": [8, 1_024],
  blockSize: [1, 32],
  "engine.threads": [0, 64],
} as const;

/**
 * One reading of all settings. Whatever a settings file may hold, each has a defined value: what is of the wrong type is the default, a
 * number beyond its limits the nearest one within.
 * @param get the raw value of `unmask.<key>`
 */
export function readSettings(get: (key: keyof Settings) => unknown): Settings {
  const boolean = (key: "enable" | "comments" | "strings" | "context.related" | "statistics"): boolean =>
    valueOr(get(key), isBoolean, DEFAULT_SETTINGS[key]);
  const string = (key: "model.path" | "model.baseFile"): string => valueOr(get(key), isString, DEFAULT_SETTINGS[key]).trim();
  const oneOf = <T extends string>(key: keyof Settings, values: readonly T[], fallback: T): T =>
    valueOr(get(key), (value) => values.includes(value as T), fallback);
  const number = (key: keyof typeof LIMITS, fallback: number): number => clamp(valueOr(get(key), Number.isFinite, fallback), LIMITS[key]);
  return {
    enable: boolean("enable"),
    languages: switches(get("languages")),
    exclude: valueOr(get("exclude"), Array.isArray, DEFAULT_SETTINGS.exclude).filter(isString),
    multiline: oneOf("multiline", ["auto", "never"], DEFAULT_SETTINGS.multiline),
    trigger: oneOf("trigger", ["automatic", "manual"], DEFAULT_SETTINGS.trigger),
    comments: boolean("comments"),
    strings: boolean("strings"),
    leastSureness: Number.isFinite(get("leastSureness")) ? number("leastSureness", 0) : null,
    statistics: boolean("statistics"),
    "context.related": boolean("context.related"),
    deadlineMs: number("deadlineMs", DEFAULT_SETTINGS.deadlineMs),
    maxTokens: number("maxTokens", DEFAULT_SETTINGS.maxTokens),
    "fill.maxTokens": number("fill.maxTokens", DEFAULT_SETTINGS["fill.maxTokens"]),
    sampler: oneOf("sampler", ["verified", "confidence"], DEFAULT_SETTINGS.sampler),
    blockSize: Number.isFinite(get("blockSize")) ? number("blockSize", 0) : null,
    "model.path": string("model.path"),
    "model.baseFile": string("model.baseFile"),
    "model.download": oneOf("model.download", ["ask", "always", "never"], DEFAULT_SETTINGS["model.download"]),
    "engine.threads": number("engine.threads", DEFAULT_SETTINGS["engine.threads"]),
  };
}

/** Whether suggestions are on for a language: by its own switch, else by that of all others. */
export function isLanguageOn(settings: Settings, languageId: string): boolean {
  const { languages } = settings;
  if (Object.hasOwn(languages, languageId)) return languages[languageId]!;
  return languages["*"] ?? true;
}

const isBoolean = (value: unknown): boolean => typeof value === "boolean";
const isString = (value: unknown): boolean => typeof value === "string";

function valueOr<T>(value: unknown, isValid: (value: unknown) => boolean, fallback: T): T {
  return isValid(value) ? (value as T) : fallback;
}

function clamp(value: number, [least, most]: readonly [number, number]): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

function switches(value: unknown): Readonly<Record<string, boolean>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return DEFAULT_SETTINGS.languages;
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"));
}
