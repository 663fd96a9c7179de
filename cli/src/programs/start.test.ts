import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findProgram, programEnvironment } from "./start.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

test("the programs of this installation are found from source and bundle alike", () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  expect(findProgram("server", here)).toBe(join(root, "server/src/main.ts"));
  expect(findProgram("runner", join(root, "cli/dist/pieces"))).toBe(join(root, "runner/src/main.ts"));
  expect(() => findProgram("server", "/")).toThrow("not part of this installation");
});

test("the program does not get the person's token", () => {
  expect(programEnvironment({ PATH: "/bin", PLUMBLINE_TOKEN: "t" })).toEqual({ PATH: "/bin" });
});

test("arguments, signals and the exit code pass between plumb and the program", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plumb-"));
  const program = join(folder, "program.mjs");
  writeFileSync(
    program,
    `let signals = 0;
process.on("SIGTERM", () => { signals++; setTimeout(() => process.exit(40 + signals), 100); });
setTimeout(() => process.exit(9), 20_000);
console.log(JSON.stringify(process.argv.slice(2)));`,
  );
  const caller = join(folder, "caller.mjs");
  writeFileSync(
    caller,
    `import { run } from ${JSON.stringify(join(here, "start.ts"))};
process.exitCode = await run(process.execPath, [${JSON.stringify(program)}, "--config", "a b"], process.env);`,
  );
  const plumb = spawn(process.execPath, [caller], { stdio: ["ignore", "pipe", "inherit"] });
  const first = await new Promise<string>((resolve) =>
    plumb.stdout.once("data", (data: Buffer) => resolve(String(data))),
  );
  expect(JSON.parse(first)).toEqual(["--config", "a b"]);
  plumb.kill("SIGTERM");
  const code = await new Promise((resolve) => plumb.once("exit", resolve));
  rmSync(folder, { recursive: true });
  expect(code).toBe(41);
});
