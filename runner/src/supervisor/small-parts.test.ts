import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectEgress } from "../runs/egress-connect.ts";
import { journalReader } from "../runs/journal-reader.ts";
import { isAllowed, parseTarget, ruleAllows } from "./allow-list.ts";
import { openJournal } from "./journal.ts";
import { readJudgement } from "./judgement.ts";
import { identify, isAlive } from "./process-tree.ts";
import { readInside } from "./read-inside.ts";
import { stateSpool, waitingStates } from "./state-spool.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "parts-"));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("allow-list", () => {
  it("matches hosts, ports and domains, never by accident", () => {
    const target = (text: string) => parseTarget(text, 443) ?? { host: "", port: 0 };
    expect(ruleAllows("example.com", target("example.com:443"))).toBe(true);
    expect(ruleAllows("example.com", target("EXAMPLE.com.:443"))).toBe(true);
    expect(ruleAllows("example.com", target("example.com:80"))).toBe(false);
    expect(ruleAllows("example.com:*", target("example.com:80"))).toBe(true);
    expect(ruleAllows("*.example.com", target("a.b.example.com:443"))).toBe(true);
    expect(ruleAllows("*.example.com", target("example.com:443"))).toBe(false);
    expect(ruleAllows("*.example.com", target("evilexample.com:443"))).toBe(false);
    expect(ruleAllows("[::1]:80", target("[::1]:80"))).toBe(true);
    expect(isAllowed([], target("example.com"))).toBe(false);
    for (const bad of ["", "a b:1", "a:0", "a:99999", "user@host:1", "http://x", "a/b"])
      expect(parseTarget(bad, 443)).toBeUndefined();
  });

  it("refuses names that lead to this machine, and what is not allowed, at the runner again", async () => {
    const rules = {
      names: { "lab.cloud": "127.0.0.1:1" },
      allow: { init: [], plan: ["localhost:1", "lab.cloud:*"], apply: [] },
    };
    await expect(connectEgress(rules, "plan", "localhost:1")).rejects.toThrow("belongs to this machine");
    await expect(connectEgress(rules, "plan", "example.com:443")).rejects.toThrow("is not allowed in plan");
    await expect(connectEgress(rules, "apply", "lab.cloud:80")).rejects.toThrow("is not allowed in apply");
    // declared: it is tried, and nobody listens
    await expect(connectEgress(rules, "plan", "lab.cloud:80")).rejects.toThrow("ECONNREFUSED");
  });
});

describe("journal", () => {
  it("numbers events, goes on after a crash, drops a line that was not finished", () => {
    const file = join(root, "journal.ndjson");
    const first = openJournal(file);
    first.append({ type: "phase_started", phase: "init" }, { type: "log", phase: "init", lines: ["a"] });
    first.close();
    appendFileSync(file, '{"sequence":3,"at":"20');
    const second = openJournal(file);
    second.append({ type: "log", phase: "init", lines: ["b"] });
    second.close();
    const events = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line): { sequence: number } => JSON.parse(line));
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(events.at(-1)).toMatchObject({ lines: ["b"] });
  });

  it("is read in whole lines, again until it is acknowledged", () => {
    const file = join(root, "journal.ndjson");
    const reader = journalReader(file);
    expect(reader.peek()).toEqual([]);
    const journal = openJournal(file);
    journal.append({ type: "log", phase: "init", lines: ["a"] }, { type: "log", phase: "init", lines: ["b"] });
    appendFileSync(file, '{"sequence":3');
    expect(reader.peek().map(({ sequence }) => sequence)).toEqual([1, 2]);
    reader.advance(1);
    expect(reader.peek().map(({ sequence }) => sequence)).toEqual([2]);
    reader.advance(0);
    expect(reader.peek()).toHaveLength(1);
    reader.advance(2);
    expect(reader.peek()).toEqual([]);
    journal.close();
  });
});

describe("state spool", () => {
  it("keeps states until they, or later ones, are acknowledged", () => {
    const spool = stateSpool(root);
    const [a, b, c] = ["a", "b", "c"].map((text) => spool.keep(Buffer.from(text)));
    expect(waitingStates(root)).toEqual([a, b, c]);
    spool.acknowledged(b ?? "");
    expect(waitingStates(root)).toEqual([c]);
    expect(readFileSync(c ?? "", "utf8")).toBe("c");
  });
});

describe("readInside", () => {
  it("reads plain files, never through links, never larger than allowed", () => {
    mkdirSync(join(root, "in/sub"), { recursive: true });
    writeFileSync(join(root, "secret"), "s");
    writeFileSync(join(root, "in/sub/file"), "content");
    symlinkSync(join(root, "secret"), join(root, "in/link"));
    symlinkSync(root, join(root, "in/folder"));
    expect(readInside(join(root, "in"), "sub/file", 100)?.toString()).toBe("content");
    for (const path of ["link", "folder/secret", "../secret", "sub", "nothing"])
      expect(readInside(join(root, "in"), path, 100)).toBeUndefined();
    expect(readInside(join(root, "in"), "sub/file", 3)).toBeUndefined();
  });
});

describe("readJudgement", () => {
  it("takes failures as they are printed and everything else for a failure", () => {
    const judged = { rules: 1, resources: 2, policies: 0 };
    const failure = { code: "policy_unjudged", detail: "broken", places: [{ file: "p.rego", line: 3 }] };
    expect(readJudgement(JSON.stringify({ findings: [], judged, failures: [failure] }))).toEqual({
      findings: [],
      judged,
      failures: [{ message: "broken", file: "p.rego", line: 3 }],
    });
    for (const text of ["", "null", "{}", '{"findings":[],"judged":{},"failures":[1]}'])
      expect(readJudgement(text).failures).toHaveLength(1);
  });
});

describe("processes", () => {
  it("are told apart by their start", () => {
    const self = identify(process.pid);
    expect(self && isAlive(self)).toBe(true);
    expect(self && isAlive({ ...self, startTime: self.startTime - 1 })).toBe(false);
    expect(identify(2 ** 22 + 1)).toBeUndefined();
  });
});
