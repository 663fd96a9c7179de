import { commandLine } from "./processes.ts";

/** The parts of the whole, as the shares of a full run name them. */
export const parts = [
  "server",
  "git",
  "PostgreSQL",
  "runner",
  "supervisor",
  "sandbox",
  "engine",
  "provider",
  "checks",
] as const;
export type Part = (typeof parts)[number];

/** Which part a process is, by its command line; undefined where it says nothing, as between fork and exec. */
export function partOf(pid: number): Part | undefined {
  const [program = "", ...args] = commandLine(pid).split(" ");
  const name = program.slice(program.lastIndexOf("/") + 1);
  const rest = args.join(" ");
  if (rest.includes("terraform-provider-") || name.startsWith("terraform-provider-")) return "provider";
  if (name === "bwrap" || name === "setpriv") return "sandbox";
  if (name === "terraform" || name === "tofu") return "engine";
  if (name.startsWith("git")) return "git";
  if (name.startsWith("postgres")) return "PostgreSQL";
  if (name === "opa" || rest.includes("/check-main.")) return "checks";
  if (rest.includes("/supervisor.cjs")) return "supervisor";
  if (rest.includes("runner/src/main.ts") || rest.includes("/egress-keeper.cjs")) return "runner";
  if (rest.includes("server/src/main.ts")) return "server";
  return undefined;
}
