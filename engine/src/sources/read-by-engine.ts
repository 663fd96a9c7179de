import type { EngineName } from "../terraform/engine-name.ts";

/**
 * Whether an engine reads a configuration file: terraform knows `.tf` only; of two files with one name tofu reads its
 * own, `main.tofu` instead of the `main.tf` beside it. Paths that are no configuration are read by nobody's rule here.
 * https://opentofu.org/docs/language/files/
 */
export function isReadByEngine(path: string, engine: EngineName, paths: ReadonlySet<string>): boolean {
  if (/\.tofu(?:\.json)?$/.test(path)) return engine === "tofu";
  const preferred = path.replace(/\.tf(\.json)?$/, ".tofu$1");
  return engine === "terraform" || preferred === path || !paths.has(preferred);
}
