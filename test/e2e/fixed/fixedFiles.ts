/** In the fixed model's folder: what it answers, which the test writes, and what it was asked, a line each, which its engine writes. */
export const ANSWERS_FILE = "answers.json";
export const REQUESTS_FILE = "requests.jsonl";
