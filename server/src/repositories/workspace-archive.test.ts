import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tarEntry } from "./workspace-archive.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-tar-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("tar unpacks what was packed: long, strange and executable names, exact bytes", () => {
  const long = `${"deep/".repeat(40)}file.tf`;
  const files = [
    { path: "main.tf", mode: "100644", content: Buffer.from("$Format:%H$\r\n") },
    { path: "bin/run", mode: "100755", content: Buffer.alloc(512, 1) },
    { path: long, mode: "100644", content: Buffer.alloc(0) },
    { path: "wei rd/ä <b> $(x).tf", mode: "100644", content: Buffer.alloc(513, 2) },
  ];
  const tar = Buffer.concat([...files.map((file) => tarEntry(file, file.content)), Buffer.alloc(1_024)]);
  execFileSync("tar", ["-xf", "-", "-C", folder], { input: tar });
  for (const { path, content } of files) expect(readFileSync(join(folder, path)).equals(content)).toBe(true);
  expect(statSync(join(folder, "bin/run")).mode & 0o100).toBe(0o100);
  expect(statSync(join(folder, "main.tf")).mode & 0o100).toBe(0);
});
