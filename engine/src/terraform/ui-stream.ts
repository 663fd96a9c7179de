import type { UiDiagnostic, UiEvent, UiLine, UiRange } from "./ui-events.ts";

/** Longer lines are not parsed: they are treated as text. In characters. */
const longestLine = 4_000_000;

/**
 * Reads one line of an engine's `-json` output. Returns undefined for what is not such a line (the engines print plain
 * text among them: messages of backends, panics, output of programs).
 */
export function readUiLine(line: string): UiEvent | undefined {
  if (!line.startsWith("{") || line.length > longestLine) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  const raw = record(parsed);
  if (!raw || typeof raw["@message"] !== "string" || typeof raw["type"] !== "string") return undefined;
  return understand(raw["type"], raw);
}

function understand(type: string, raw: UiLine): UiEvent {
  const other: UiEvent = { type: "other", name: type, raw };
  switch (type) {
    case "version":
      return { type, engine: text(raw["terraform"]) || text(raw["tofu"]), raw };
    case "diagnostic": {
      const diagnostic = readDiagnostic(record(raw["diagnostic"]));
      return diagnostic ? { type, diagnostic, raw } : other;
    }
    case "planned_change":
    case "resource_drift": {
      const change = record(raw["change"]);
      const address = text(record(change?.["resource"])?.["addr"]);
      if (!address) return other;
      const action = text(change?.["action"]);
      if (type === "resource_drift") return { type, address, action, raw };
      return { type, address, action, reason: text(change?.["reason"]) || undefined, raw };
    }
    case "change_summary": {
      const changes = record(raw["changes"]);
      if (!changes) return other;
      const counts = {
        add: count(changes["add"]),
        change: count(changes["change"]),
        remove: count(changes["remove"]),
        import: count(changes["import"]),
      };
      return { type, operation: text(changes["operation"]), counts, raw };
    }
    case "outputs":
      return { type, names: Object.keys(record(raw["outputs"]) ?? {}), raw };
    case "apply_start":
    case "apply_progress":
    case "apply_complete":
    case "apply_errored":
      return readHook(type, raw) ?? other;
    default:
      return other;
  }
}

function readHook(
  type: "apply_start" | "apply_progress" | "apply_complete" | "apply_errored",
  raw: UiLine,
): UiEvent | undefined {
  const hook = record(raw["hook"]);
  const address = text(record(hook?.["resource"])?.["addr"]);
  if (!hook || !address) return undefined;
  const action = text(hook["action"]);
  const seconds = count(hook["elapsed_seconds"]);
  if (type === "apply_start") return { type, address, action, raw };
  if (type !== "apply_complete") return { type, address, action, seconds, raw };
  const [key, value] = [text(hook["id_key"]), text(hook["id_value"])];
  return { type, address, action, seconds, id: key && value ? { key, value } : undefined, raw };
}

function readDiagnostic(value: UiLine | undefined): UiDiagnostic | undefined {
  if (!value || typeof value["summary"] !== "string") return undefined;
  return {
    severity: value["severity"] === "warning" ? "warning" : "error",
    summary: value["summary"],
    detail: text(value["detail"]),
    address: text(value["address"]) || undefined,
    range: readRange(record(value["range"])),
  };
}

function readRange(value: UiLine | undefined): UiRange | undefined {
  const [start, end] = [record(value?.["start"]), record(value?.["end"])];
  const file = text(value?.["filename"]);
  if (!start || !end || !file) return undefined;
  return {
    file,
    line: count(start["line"]),
    column: count(start["column"]),
    endLine: count(end["line"]),
    endColumn: count(end["column"]),
  };
}

function record(value: unknown): UiLine | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
