/** The engines that speak Terraform's command line. Each is also the name of its program. */
export type EngineName = "terraform" | "tofu";

/** First `major.minor` whose `init` knows `-json` (diagnostics with ranges). */
const jsonInitSince: Record<EngineName, readonly [number, number]> = { terraform: [1, 9], tofu: [1, 10] };

/** Whether `init -json` works with this version (`1.11.4`, `1.12.0-dev`). */
export function hasJsonInit(engine: EngineName, version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [sinceMajor, sinceMinor] = jsonInitSince[engine];
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
