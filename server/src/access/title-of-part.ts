/** What a pull request is called to who sees only the part of it that is about these environments. */
export function titleOfPart(environments: readonly string[]): string {
  return environments.length === 0
    ? "A part of a larger change"
    : `The part for ${environments.join(", ")} of a larger change`;
}
