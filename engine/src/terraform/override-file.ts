/** The one file that Plumbline adds to a run's copy of a component. */
export const overrideFileName = "plumbline_override.tf";

/** Its whole content. An override's backend replaces any `backend` and any `cloud` block of the configuration. */
export const overrideFileContent = 'terraform {\n  backend "http" {}\n}\n';

/**
 * Whether a repository's file would stand in for, or merge with, the generated one: `plumbline_override.tofu` hides it
 * from tofu, `.tf.json` is merged after it. Such files are refused.
 */
export function collidesWithOverride(fileName: string): boolean {
  return /^plumbline_override\./i.test(fileName);
}
