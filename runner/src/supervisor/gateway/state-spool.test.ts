import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { stateSpool, waitingStates } from "./state-spool.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "spool-"));
});
afterEach(() => rmSync(root, { recursive: true }));

it("keeps states until they, or later ones, are acknowledged", () => {
  const spool = stateSpool(root);
  const [a, b, c] = ["a", "b", "c"].map((text) => spool.keep(Buffer.from(text)));
  expect(waitingStates(root)).toEqual([a, b, c]);
  spool.acknowledged(b ?? "");
  expect(waitingStates(root)).toEqual([c]);
  expect(readFileSync(c ?? "", "utf8")).toBe("c");
});
