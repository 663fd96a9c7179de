import type { Duplex, Writable } from "node:stream";
import { Problem } from "@plumbline/contract";
import type { PreparedPush, PushedRef } from "../forge.ts";
import { packet, PacketReader } from "./pkt-line.ts";
import type { Packet } from "./pkt-line.ts";

/** What the pre-receive hook sent. */
interface ReceivedPush {
  quarantine: string;
  refs: PushedRef[];
  options: string[];
}

/** How a conversation is answered. `judge` throws to refuse. */
export interface Conversation {
  judge: (push: ReceivedPush) => Promise<PreparedPush>;
  /** Something failed that is not the fault of whoever pushed. */
  failed: (error: unknown) => void;
}

/**
 * Talks with the two hooks of one push: first with pre-receive in lines, then with proc-receive in git's packets
 * (githooks(5)). `control` is descriptor 3 of git's process, `words` descriptor 4, what is shown to whoever pushed.
 */
export function converse(control: Duplex, words: Writable, { judge, failed }: Conversation): void {
  let prepared: PreparedPush | undefined;
  let lines = Buffer.alloc(0);
  const packets = new PacketReader();
  const received: Packet[] = [];
  let step: "lines" | "judging" | "packets" | "done" = "lines";

  const end = () => {
    step = "done";
    control.end();
    words.end();
  };
  control.on("error", () => undefined);
  words.on("error", () => undefined);
  control.on("end", end);
  control.on("data", (chunk: Buffer) => {
    if (step === "lines") {
      lines = Buffer.concat([lines, chunk]);
      if (lines.length > longest) return end();
      if (!lines.subarray(-5).equals(Buffer.from("\nend\n"))) return;
      step = "judging";
      judge(parseLines(lines.toString("utf8"))).then(
        (good) => {
          prepared = good;
          step = "packets";
          control.write("accept\n");
        },
        (error: unknown) => {
          if (!(error instanceof Problem) || error.status >= 500) failed(error);
          control.end(`${say(explain(error))}refuse\n`);
        },
      );
      return;
    }
    if (step !== "packets" || prepared === undefined) return;
    try {
      const added = packets.push(chunk);
      received.push(...added);
      if (added.length > 0 && received.length === added.length)
        control.write(Buffer.concat([packet("version=1\0push-options"), packet(null)]));
    } catch {
      return end();
    }
    // version, flush, commands, flush; push options follow where there are any, and were read before.
    const flushes = received.flatMap((one, index) => (one === null ? [index] : []));
    const wanted = (received[0] ?? "").includes("push-options") ? 3 : 2;
    if (flushes.length < wanted) return;
    step = "done";
    const commands = received.slice((flushes[0] ?? 0) + 1, flushes[1]).filter((one) => one !== null);
    answer(prepared, commands, failed).then(
      ({ report, messages }) => {
        words.end(messages.map((message) => `${oneLine(message)}\n`).join(""));
        control.end(Buffer.concat([...report.map(packet), packet(null)]));
      },
      (error: unknown) => {
        failed(error);
        end();
      },
    );
  });
}

const longest = 1024 * 1024;

async function answer(
  prepared: PreparedPush,
  commands: readonly string[],
  failed: (error: unknown) => void,
): Promise<{ report: string[]; messages: string[] }> {
  const [command = ""] = commands;
  const [from = "", to = "", ...name] = command.split(" ");
  const ref = name.join(" ");
  if (commands.length !== 1)
    return { report: commands.map((one) => `ng ${one.slice(82)} one at a time`), messages: [] };
  try {
    const accepted = await prepared.accept();
    if (accepted.ref !== ref || accepted.to !== to) throw new Error("git asks for another ref than it announced");
    return {
      report: [
        `ok ${ref}`,
        `option refname ${accepted.shownAs}`,
        `option old-oid ${accepted.from}`,
        `option new-oid ${to}`,
        ...(accepted.from !== from && !/^0+$/.test(accepted.from) ? ["option forced-update"] : []),
      ],
      messages: accepted.messages,
    };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) failed(error);
    const text = explain(error);
    return { report: [`ng ${ref} ${oneLine(text[0] ?? "refused").slice(0, 200)}`], messages: text };
  }
}

function parseLines(text: string): ReceivedPush {
  const push: ReceivedPush = { quarantine: "", refs: [], options: [] };
  const lines = text.split("\n").slice(0, -2);
  const firstOption = lines.findIndex((line) => line.startsWith("option "));
  const head = firstOption < 0 ? lines : lines.slice(0, firstOption);
  for (const line of head) {
    if (line.startsWith("quarantine ")) push.quarantine ||= line.slice("quarantine ".length);
    const ref = /^ref ([0-9a-f]+) ([0-9a-f]+) (.+)$/.exec(line);
    if (ref !== null) push.refs.push({ from: ref[1] ?? "", to: ref[2] ?? "", ref: ref[3] ?? "" });
  }
  if (firstOption >= 0) push.options = lines.slice(firstOption).map((line) => line.replace(/^option /, ""));
  return push;
}

/** What a refused person reads: what, where, what to do. */
function explain(error: unknown): string[] {
  if (!(error instanceof Problem)) return ["Something failed inside Plumbline. Nothing was stored; try again."];
  const places = error.places.map((place) => `  ${place.file}:${place.line}`);
  return [...error.message.split("\n"), ...places, error.next].filter((line) => line.trim() !== "");
}

function say(lines: readonly string[]): string {
  return lines.map((line) => `say ${oneLine(line)}\n`).join("");
}

/** A line for somebody's terminal: no control characters, whatever file and author names hold. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ").slice(0, 2_000);
}
