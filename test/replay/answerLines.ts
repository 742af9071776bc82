import { isRight } from "./decideKey";
import type { PlayedKey } from "./playStretch";

const PREFIX_CHARS = 80;
const FOLLOWING_CHARS = 300;

/** Each answer of the backend as a line of JSON, with what truly followed: where to cut by confidence can be studied from these alone. */
export function answerLines(
  { package: name, path, language }: { readonly package: string; readonly path: string; readonly language: string },
  stretch: number,
  keys: readonly PlayedKey[],
): string[] {
  return keys.flatMap(({ shown, reason, rest, following, answers }, key) =>
    answers.map(({ request, ahead, infill: { text, tokens, ended, fits } }) => {
      const line = {
        ...{ file: `${name}/${path}`, language, stretch, key, region: request.region },
        prefixTail: request.prefix.slice(-PREFIX_CHARS),
        ...{ answer: text, tokens, ended, fits },
        /** after the pipeline's own steps; null: nothing, and why */
        ...{ shown: shown ?? null, reason: reason ?? null, right: shown === undefined ? null : isRight(shown, rest) },
        /** asked for ahead of the Enter that this is: `shown` and `right` are of another answer; `following` is null where another line comes */
        ahead,
        /** what of `following` the person writes: a suggestion that goes on behind it repeats what is there */
        restChars: rest.length - ahead.length,
        following: following.startsWith(ahead) ? following.slice(ahead.length, ahead.length + FOLLOWING_CHARS) : null,
      };
      return `${JSON.stringify(line)}\n`;
    }),
  );
}
