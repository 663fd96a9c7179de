import { describe, expect, it } from "vitest";
import { initFailure } from "./init-failure.ts";
import type { UiEvent } from "./ui-events.ts";
import { readUiLine } from "./ui-stream.ts";
import { countsText, uiText } from "./ui-text.ts";

const line = (type: string, message: string, more: object = {}) =>
  JSON.stringify({
    "@level": "info",
    "@message": message,
    "@module": "terraform.ui",
    "@timestamp": "2026-11-22T07:00:00Z",
    type,
    ...more,
  });
const hook = (more: object = {}) => ({
  hook: { resource: { addr: 'a.b["x"]', resource_type: "a" }, action: "create", ...more },
});

function read(text: string): UiEvent {
  const event = readUiLine(text);
  if (!event) throw new Error("not an event");
  return event;
}

describe("readUiLine", () => {
  it("reads what was made, with the id it is found by", () => {
    const text = line("apply_complete", "done", hook({ id_key: "id", id_value: "i-1", elapsed_seconds: 2 }));
    expect(read(text)).toMatchObject({
      type: "apply_complete",
      address: 'a.b["x"]',
      action: "create",
      id: { key: "id", value: "i-1" },
      seconds: 2,
    });
    expect(read(line("apply_complete", "done", hook()))).toMatchObject({ id: undefined });
    expect(read(line("apply_start", "go", hook()))).toMatchObject({ type: "apply_start", address: 'a.b["x"]' });
    expect(read(line("apply_errored", "no", hook({ elapsed_seconds: 1 })))).toMatchObject({
      type: "apply_errored",
      seconds: 1,
    });
  });

  it("reads plans, summaries, outputs and diagnostics with their place", () => {
    const change = { change: { resource: { addr: "a.b" }, action: "replace", reason: "tainted" } };
    expect(read(line("planned_change", "", change))).toMatchObject({
      address: "a.b",
      action: "replace",
      reason: "tainted",
    });
    expect(read(line("resource_drift", "", change))).toMatchObject({ type: "resource_drift", action: "replace" });
    expect(
      read(line("change_summary", "", { changes: { add: 2, change: 0, remove: 1, operation: "plan" } })),
    ).toMatchObject({
      operation: "plan",
      counts: { add: 2, change: 0, remove: 1, import: 0 },
    });
    expect(read(line("outputs", "", { outputs: { x: {}, y: {} } }))).toMatchObject({ names: ["x", "y"] });
    const range = { filename: "main.tf", start: { line: 3, column: 5, byte: 1 }, end: { line: 3, column: 9, byte: 5 } };
    const diagnostic = { severity: "error", summary: "Bad", detail: "It is.\nReally.", address: "a.b", range };
    const event = read(line("diagnostic", "Error: Bad", { diagnostic }));
    expect(event).toMatchObject({
      diagnostic: { severity: "error", range: { file: "main.tf", line: 3, column: 5, endLine: 3, endColumn: 9 } },
    });
    expect(uiText(event)).toEqual(["Error: Bad", "  on main.tf line 3, in a.b", "  It is.", "  Really."]);
  });

  it("keeps lines it does not know, and known ones that are not as expected, as they are", () => {
    expect(read(line("brand_new", "hello", { x: 1 }))).toMatchObject({
      type: "other",
      name: "brand_new",
      raw: { x: 1 },
    });
    expect(read(line("apply_complete", "no hook"))).toMatchObject({ type: "other", name: "apply_complete" });
    expect(read(line("diagnostic", "no diagnostic"))).toMatchObject({ type: "other" });
    expect(uiText(read(line("brand_new", "a\nb")))).toEqual(["a", "b"]);
  });

  it.each([
    "",
    "plain text",
    "{",
    "[1]",
    "null",
    '{"type":"x"}',
    '{"@message":1,"type":"x"}',
    `{"a":${'"'.repeat(3)}}`,
  ])("takes %j for text", (text) => {
    expect(readUiLine(text)).toBeUndefined();
  });
});

describe("countsText", () => {
  it("names only what happens", () => {
    expect(countsText({ add: 2, change: 1, remove: 0, import: 0 })).toBe("2 to add, 1 to change");
    expect(countsText({ add: 0, change: 0, remove: 3, import: 1 })).toBe("1 to import, 3 to destroy");
    expect(countsText({ add: 0, change: 0, remove: 0, import: 0 })).toBe("no changes");
  });
});

describe("initFailure", () => {
  const error = (summary: string, detail: string, range?: object) =>
    read(
      line("diagnostic", `Error: ${summary}`, {
        diagnostic: { severity: "error", summary, detail, ...(range ? { range } : {}) },
      }),
    );

  it("names providers that are not in the lock file", () => {
    const events = [
      read(line("log", "hashicorp/aws: Finding latest version...")),
      read(line("log", 'acme/lab: Finding matching versions for provider: acme/lab, version_constraint: "~> 1.0"')),
      read(line("log", "hashicorp/tls: Reusing previous version from the dependency lock file")),
      error("Provider dependency changes detected", "Changes to the\nrequired provider dependencies were detected"),
    ];
    const failure = initFailure(events, "c/.terraform.lock.hcl");
    expect(failure?.detail).toContain(
      "providers hashicorp/aws, acme/lab are not in the lock file c/.terraform.lock.hcl",
    );
    expect(failure?.file).toBe("c/.terraform.lock.hcl");
  });

  it("prefers the error that has a place", () => {
    const range = { filename: "main.tf", start: { line: 2, column: 1 }, end: { line: 2, column: 3 } };
    const events = [error("Problems during initialisation", ""), error("Invalid block", "Close it.", range)];
    expect(initFailure(events, "lock")).toEqual({ detail: "Invalid block: Close it.", file: "main.tf", line: 2 });
    expect(initFailure([], "lock")).toBeUndefined();
  });
});
