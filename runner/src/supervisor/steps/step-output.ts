import type { RunPhase } from "@plumbline/contract/run-status";
import type { UiDiagnostic, UiEvent } from "@plumbline/engine/terraform/ui-events";
import { readUiLine } from "@plumbline/engine/terraform/ui-stream";
import type { Journal, NewEvent } from "../journal.ts";
import { lineReader } from "./lines.ts";
import { createMasker } from "./masker.ts";

/** Text beyond this is not kept, for each step; resource events of the engine always are. In characters. */
const mostText = 8_000_000;
const longestLine = 16_384;

/** Brings what a step prints into the journal: masked, cut into lines, parsed where it is a line of the engine's. */
export interface StepOutput {
  onOutput: (text: string) => void;
  onErrors: (text: string) => void;
  end(): void;
  /** Everything parsed, but progress. */
  events(): readonly UiEvent[];
  errors(): readonly UiDiagnostic[];
  /** Last lines that are not the engine's events: what a crash leaves. */
  lastText(): string;
}

/** @param durable whether each batch has to survive a loss of power before the next is read (an apply). */
export function stepOutput(
  journal: Journal,
  phase: RunPhase,
  secrets: readonly string[],
  durable: boolean,
): StepOutput {
  const events: UiEvent[] = [];
  const texts: string[] = [];
  let batch: NewEvent[] = [];
  let size = 0;

  const addText = (line: string) => {
    size += line.length;
    if (size > mostText) {
      if (size - line.length <= mostText) addLogLine(batch, phase, "(further output is not kept)");
      return;
    }
    const shown = line.length > longestLine ? `${line.slice(0, longestLine)}… (${line.length} characters)` : line;
    texts.push(shown);
    if (texts.length > 40) texts.shift();
    addLogLine(batch, phase, shown);
  };
  const addLine = (line: string) => {
    const event = readUiLine(line);
    if (!event) {
      if (line !== "") addText(line);
      return;
    }
    if (event.type !== "apply_progress" && events.length < 20_000) events.push(event);
    if (!event.type.startsWith("apply_")) size += line.length;
    if (size <= mostText || event.type.startsWith("apply_"))
      batch.push({ type: "engine", phase, event: { ...event.raw } });
  };
  const flush = () => {
    if (batch.length === 0) return;
    journal.append(...batch);
    if (durable) journal.sync();
    batch = [];
  };
  const channel = () => {
    const masker = createMasker(secrets);
    const lines = lineReader(addLine);
    return {
      push: (text: string): void => {
        lines.push(masker.push(text));
        flush();
      },
      end() {
        lines.push(masker.end());
        lines.end();
        flush();
      },
    };
  };
  const [output, errors] = [channel(), channel()];
  return {
    onOutput: output.push,
    onErrors: errors.push,
    end() {
      output.end();
      errors.end();
    },
    events: () => events,
    errors: () =>
      events.flatMap((event) =>
        event.type === "diagnostic" && event.diagnostic.severity === "error" ? [event.diagnostic] : [],
      ),
    lastText: () => texts.join("\n"),
  };
}

function addLogLine(batch: NewEvent[], phase: RunPhase, line: string): void {
  const last = batch.at(-1);
  if (last?.type === "log" && last.lines.length < 500) last.lines.push(line);
  else batch.push({ type: "log", phase, lines: [line] });
}
