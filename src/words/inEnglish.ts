import { ENGLISH, spokenLanguage, useUiLanguage } from "./uiLanguage";

/** Lets something be said in English, whatever the user's language. @param say must not wait */
export function inEnglish<T>(say: () => T): T {
  const before = spokenLanguage();
  useUiLanguage(ENGLISH);
  try {
    return say();
  } finally {
    useUiLanguage(before);
  }
}
