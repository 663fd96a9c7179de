import type { Repository } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";

/** What is wrong in the configuration on main. */
export function problemLines({ name, problems }: Repository, look: Look): string[] {
  return problems.map(({ file, line, message }) => look.paint("red", `${name}: ${file}:${line ?? 1}: ${message}`));
}
