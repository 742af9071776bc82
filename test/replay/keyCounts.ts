import { isRight } from "./decideKey";

/** What one person's keystrokes came to. Sums, so that files add up. */
export interface KeyCounts {
  /** keystrokes that would write the same without help */
  readonly keysAlone: number;
  readonly keys: number;
  readonly acceptKeys: number;
  /** characters written by accepted suggestions; indentation that Enter would have brought does not count */
  readonly acceptedChars: number;
  /** keystrokes after which a suggestion was shown; one that stays while it is typed through counts at each */
  readonly shown: number;
  /** of those, the ones that were not what followed up to their end */
  readonly unwanted: number;
  /** the same, one that is typed through counted once */
  readonly shownLives: number;
  readonly unwantedLives: number;
  /** characters of what was shown */
  readonly shownChars: number;
  /** requests that the backend answered */
  readonly asked: number;
}

export const NO_KEYS: KeyCounts = {
  ...{ keysAlone: 0, keys: 0, acceptKeys: 0, acceptedChars: 0, shown: 0, unwanted: 0 },
  ...{ shownLives: 0, unwantedLives: 0, shownChars: 0, asked: 0 },
};

/** A keystroke, and what was shown once it was done. */
export interface Key {
  readonly written: string;
  readonly accepted: boolean;
  readonly shown: string | undefined;
  /** what the person writes next, to the stretch's end */
  readonly rest: string;
  readonly asked: number;
}

/** Characters that a person writes by hand: an Enter is one, whatever indentation comes with it. */
export function handChars(text: string): number {
  return [...text.replace(/\n[ \t]*/g, "\n")].length;
}

export function countKeys(keys: readonly Key[]): KeyCounts {
  let counts = NO_KEYS;
  let before: Key | undefined;
  for (const key of keys) {
    const { written, accepted, shown, rest, asked } = key;
    const isNew = shown !== undefined && before?.shown !== written + shown;
    const isUnwanted = shown !== undefined && !isRight(shown, rest);
    const hand = handChars(written);
    counts = addCounts(counts, {
      ...{ keysAlone: hand, keys: 1, acceptKeys: Number(accepted), acceptedChars: accepted ? hand : 0, asked },
      ...{ shown: Number(shown !== undefined), unwanted: Number(isUnwanted), shownChars: shown?.trimEnd().length ?? 0 },
      ...{ shownLives: Number(isNew), unwantedLives: Number(isNew && isUnwanted) },
    });
    before = key;
  }
  return counts;
}

export function addCounts(one: KeyCounts, other: KeyCounts): KeyCounts {
  const names = Object.keys(one) as (keyof KeyCounts)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as KeyCounts;
}
