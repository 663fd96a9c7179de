import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readInside } from "./read-inside.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "inside-"));
});
afterEach(() => rmSync(root, { recursive: true }));

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
