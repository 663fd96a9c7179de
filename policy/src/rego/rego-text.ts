/** Strings, raw strings and comments: what is no code. */
const tokens = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*/g;

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}

/** Blanks out comments and strings, keeping lines and columns. */
export function bareCode(text: string): string {
  return text.replaceAll(tokens, blank);
}

/** Blanks out comments only. */
export function withoutComments(text: string): string {
  return text.replaceAll(tokens, (found) => (found.startsWith("#") ? blank(found) : found));
}
