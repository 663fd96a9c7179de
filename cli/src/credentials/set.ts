import { readFileSync } from "node:fs";
import { setCredential } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { readSecret, readStdin } from "../terminal/prompt.ts";
import { checkName, readVariables } from "./read-variables.ts";

export interface SetOptions {
  phase: "plan" | "apply";
  file?: string;
}

const longestInput = 1_000_000;

/** `plumb credentials set`: values come from prompts without echo, a file or stdin, never from arguments. */
export async function setPhase(context: Context, name: string, names: string[], options: SetOptions): Promise<void> {
  const { phase } = options;
  const client = await context.client();
  const variables = await collectVariables(context, names, options);
  const answer = await client.call(setCredential, { params: { name, phase }, body: { variables } });
  context.print(answer, (shown) => [
    `The ${shown.phase} credential ${shown.name} sets ${shown.variables.join(", ")}.`,
    `Runs receive it in environments whose environment.yaml says credentials: ${shown.name}.`,
  ]);
}

async function collectVariables(
  { terminal }: Context,
  names: string[],
  { phase, file }: SetOptions,
): Promise<Record<string, string>> {
  for (const [index, name] of names.entries()) checkName(name, `Argument ${index + 1} after the credential`);
  if (file !== undefined) {
    if (names.length > 0) throw new UsageFault("Give names or --file, not both.", "A file names its variables itself.");
    const text = file === "-" ? await readStdin(terminal, longestInput) : readFile(file);
    return readVariables(text, file === "-" ? "stdin" : file);
  }
  if (names.length === 0)
    throw new UsageFault("It is not said what to set.", "Give names of variables, or --file FILE (- for stdin).");
  if (!terminal.isTerminal.stdin && names.length > 1)
    throw new UsageFault("stdin is one value, and there are several names.", "Pipe lines NAME=value with --file -.");
  const variables: Record<string, string> = {};
  for (const name of names) variables[name] = await readSecret(terminal, `Value of ${name} for ${phase}: `);
  return variables;
}

function readFile(path: string): string {
  try {
    const text = readFileSync(path, "utf8");
    if (text.length > longestInput) throw new UsageFault(`${path} is too long.`, "A credential is a few lines.");
    return text;
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    throw new UsageFault(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      "Name a file with lines NAME=value, or - for stdin.",
    );
  }
}
