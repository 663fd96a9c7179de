import { StringDecoder } from "node:string_decoder";
import { Interrupted, UsageFault } from "../command/faults.ts";
import type { Terminal } from "./terminal.ts";

const longestAnswer = 65_536;

/** Asks for a line; the question stands on stderr. `hidden`: nothing of the answer is shown. */
export async function ask(terminal: Terminal, question: string, options: { hidden?: boolean } = {}): Promise<string> {
  if (!terminal.isTerminal.stdin || terminal.stdin.setRawMode === undefined)
    throw new UsageFault(`There is no terminal to ask: ${question.trim()}`, "Give it by option or on stdin.");
  // Before the question: what is typed from its first letter on must not be echoed.
  terminal.stdin.setRawMode(true);
  terminal.stderr.write(question);
  try {
    return await readLine(terminal, options.hidden ?? false);
  } finally {
    terminal.stdin.setRawMode(false);
    terminal.stdin.pause();
    terminal.stderr.write("\n");
  }
}

/** Reads keys in raw mode up to Enter. */
function readLine(terminal: Terminal, hidden: boolean): Promise<string> {
  const { stdin, stderr } = terminal;
  const decoder = new StringDecoder("utf8");
  return new Promise((resolve, reject) => {
    const typed: string[] = [];
    const end = (then: () => void) => {
      stdin.off("data", onData);
      stdin.off("end", onEnd);
      then();
    };
    const onEnd = () => end(() => reject(new Interrupted("There was no answer.")));
    const onData = (chunk: Buffer | string) => {
      const keys = Array.from(typeof chunk === "string" ? chunk : decoder.write(chunk));
      for (const [index, key] of keys.entries()) {
        if (key === "\r" || key === "\n") return end(() => finish(keys.slice(index + 1).join("")));
        if (key === "\u0003" || key === "\u0004") return end(() => reject(new Interrupted("Stopped.")));
        if (key === "\u007F" || key === "\b") {
          if (typed.pop() !== undefined && !hidden) stderr.write("\b \b");
        } else if (key >= " " && typed.length < longestAnswer) {
          typed.push(key);
          if (!hidden) stderr.write(key);
        }
      }
    };
    const finish = (rest: string) => {
      // Typed ahead: the next question's answer.
      stdin.pause();
      if (rest !== "") stdin.unshift(Buffer.from(rest));
      resolve(typed.join(""));
    };
    stdin.on("data", onData);
    stdin.on("end", onEnd);
    stdin.resume();
  });
}

/** Asks for exactly `expected`; any other answer stops the command. */
export async function confirm(terminal: Terminal, question: string, expected: string): Promise<void> {
  if (!terminal.isTerminal.stdin)
    throw new UsageFault("This asks for a confirmation, and there is no terminal.", "Give --yes in scripts.");
  const answer = await ask(terminal, question);
  if (answer.trim() !== expected) throw new Interrupted(`The answer was not “${expected}”: nothing was done.`);
}

/** All of stdin as text, without one line end at its end. Throws where it is larger than `most` characters. */
export async function readStdin(terminal: Terminal, most = longestAnswer): Promise<string> {
  const decoder = new StringDecoder("utf8");
  let text = "";
  for await (const chunk of terminal.stdin) {
    text += typeof chunk === "string" ? chunk : decoder.write(chunk as Buffer);
    if (text.length > most + 2)
      throw new UsageFault(`stdin is longer than ${most} characters.`, "Give a shorter text.");
  }
  return text.replace(/\r?\n$/, "");
}

/** A secret from a person or a pipe; it is never an argument, where other users of the machine could read it. */
export async function readSecret(terminal: Terminal, question: string): Promise<string> {
  const secret = terminal.isTerminal.stdin
    ? await ask(terminal, question, { hidden: true })
    : await readStdin(terminal);
  if (secret === "")
    throw new UsageFault(
      `It is empty: ${question.replace(/:?\s*$/, "")}.`,
      "Type it on a terminal, or pipe it to stdin.",
    );
  return secret;
}
