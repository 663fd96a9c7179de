import { createHash } from "node:crypto";
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installFakeEngine } from "@plumbline/engine/fake/install";
import { archiveName, thisPlatform } from "@plumbline/engine/tools/release";
import { writeZip } from "@plumbline/engine/tools/testing/write-zip";
import { fetchedFolder, toolFetcher } from "./fetch-tools.ts";
import { openToolbox } from "./toolbox.ts";

const folder = mkdtempSync(join(tmpdir(), "toolbox-"));
afterAll(() => rmSync(folder, { recursive: true }));
const tools = join(folder, "tools");
const program = (version: string) => `#!/bin/sh\necho '{"terraform_version": "${version}"}'\n`;
const hash = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const place = (path: string, text: string) => {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
};

beforeAll(() => {
  place(join(tools, "terraform"), program("1.11.4"));
  place(join(tools, "tofu_1.10.0_linux_amd64/tofu"), program("1.10.0"));
  place(join(tools, "broken/tofu"), "#!/bin/sh\nexit 1\n");
  place(join(folder, "path/terraform"), program("1.9.8"));
});

test("engines are found in folders and one folder deeper, or on PATH; what is none is left out", async () => {
  const inFolders = await openToolbox({ engines: [], folders: [tools, join(folder, "absent")], searchPath: undefined });
  const platform = thisPlatform();
  expect(await inFolders.offered()).toEqual([
    { name: "terraform", version: "1.11.4", platform, sha256: hash(program("1.11.4")) },
    { name: "tofu", version: "1.10.0", platform, sha256: hash(program("1.10.0")) },
  ]);
  const onPath = await openToolbox({ engines: [], folders: [], searchPath: `.:${join(folder, "path")}` });
  expect((await onPath.offered()).map(({ version }) => version)).toEqual(["1.9.8"]);
});

test("a binary that was put there meanwhile is found; one that was changed is not taken", async () => {
  const toolbox = await openToolbox({ engines: [], folders: [tools], searchPath: undefined });
  place(join(tools, "later/terraform"), program("1.12.0"));
  expect((await toolbox.offered()).map(({ version }) => version)).toContain("1.12.0");
  const sha256 = hash(program("1.12.0"));
  expect(await toolbox.take(sha256)).toMatchObject({ version: "1.12.0", path: join(tools, "later/terraform") });
  appendFileSync(join(tools, "later/terraform"), "# changed\n");
  await expect(toolbox.take(sha256)).rejects.toMatchObject({ code: "tool_changed" });
  await expect(toolbox.take("0".repeat(64))).rejects.toMatchObject({ code: "tool_changed" });
  expect((await toolbox.offered()).map((one) => one.sha256)).not.toContain(sha256);
});

test("a configured engine has to be there and to be what the operator wrote down", async () => {
  const path = join(folder, "configured/terraform");
  const open = (sha256?: string) =>
    openToolbox({ engines: [{ name: "terraform", path, sha256 }], folders: [], searchPath: undefined });
  await expect(open()).rejects.toMatchObject({ code: "tool_missing" });
  mkdirSync(join(path, ".."));
  installFakeEngine(path, { version: "1.11.4" });
  await expect(open("0".repeat(64))).rejects.toMatchObject({ code: "tool_changed" });
  const toolbox = await open();
  expect(await toolbox.offered()).toMatchObject([{ name: "terraform", version: "1.11.4" }]);
  expect(toolbox.any()).toMatchObject({ path });
});

test("nothing at all can do what runs no engine either", async () => {
  const toolbox = await openToolbox({ engines: [], folders: [], searchPath: undefined });
  expect(() => toolbox.any()).toThrow("neither terraform nor tofu");
});

test("accepted engines are fetched from the mirror; what is not what was accepted is not installed", async () => {
  const [name, version, platform] = ["tofu" as const, "1.11.0", thisPlatform()];
  const mirror = join(folder, "mirror");
  mkdirSync(mirror);
  const file = archiveName(name, version, platform);
  const archive = writeZip({ tofu: program(version), "README.md": "about" });
  writeFileSync(join(mirror, file), archive);
  const tool = {
    name,
    version,
    platform,
    sha256: hash(program(version)),
    source: "x",
    archive: { file, sha256: hash(archive) },
  };
  const data = join(folder, "data");
  const toolbox = await openToolbox({ engines: [], folders: [fetchedFolder(data)], searchPath: undefined });

  await toolFetcher(mirror, data)([{ ...tool, archive: { file, sha256: "0".repeat(64) } }], []);
  await toolFetcher(mirror, data)([{ ...tool, sha256: "1".repeat(64) }], []);
  await toolFetcher(mirror, data)([{ ...tool, archive: null }], []);
  expect(await toolbox.offered()).toEqual([]);
  await toolFetcher(mirror, data)([tool], [tool]);
  expect(await toolbox.offered()).toEqual([]);
  await toolFetcher(`file://${mirror}/{file}`, data)([tool], []);
  expect(await toolbox.offered()).toMatchObject([{ name, version, sha256: tool.sha256 }]);
});
