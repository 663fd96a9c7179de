/** One kind of credential that is known by its format. */
export interface SecretKind {
  /** `<service>-<what>`; enters fingerprints, so it never changes. */
  id: string;
  /** What it is, as a person calls it: "GitHub personal access token". */
  name: string;
  /** How it is written, without what stands around it; a match that continues on either side is none. */
  pattern: RegExp;
  /** Text without any of these cannot hold one; looked for before the pattern, since most files hold none. */
  hints: readonly string[];
  /** Where the format has a checksum: whether it is right. A wrong one is reported milder. */
  isSound?: (text: string) => boolean;
  /** What may not stand right before or after it: letters, digits, `_` and `-` (`word`, the default), those of base 64, or `none`. */
  boundary?: "word" | "none" | "base64";
}

/** A kind whose hint is the fixed beginning of its format. */
export function startingWith(
  id: string,
  name: string,
  beginning: string,
  rest: RegExp,
  more: Pick<SecretKind, "isSound" | "boundary"> = {},
): SecretKind {
  return { id, name, pattern: new RegExp(RegExp.escape(beginning) + rest.source), hints: [beginning], ...more };
}
