import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { plumb } from "../testing/fake-terminal.ts";
import { findBrowser } from "./browser.ts";

const env = { PLUMBLINE_URL: "https://plumbline.example.org" };
const open = (...args: string[]) => plumb(["open", ...args], { env });

test.each([
  [[], "/"],
  [["128"], "/pull-requests/128"],
  [["#128"], "/pull-requests/128"],
  [["pr", "128"], "/pull-requests/128"],
  [["run", "1893"], "/runs/1893"],
  [["run/1893"], "/runs/1893"],
  [["case", "57"], "/drift/57"],
  [["database/prod"], "/workspaces/database/prod"],
  [["database/globex/prod"], "/workspaces/database/globex/prod"],
  [["workspace", "data base/prod"], "/workspaces/data%20base/prod"],
  [["settings"], "/settings"],
  [["docs"], "/docs"],
])("%j is the page %s", async (thing, path) => {
  expect(await open(...thing)).toMatchObject({
    exitCode: 0,
    stdout: `https://plumbline.example.org${path}\n`,
  });
});

test.each([[["nothing"]], [["run", "x"]], [["toString"]], [["constructor", "3"]], [["run", "1", "2"]]])(
  "%j is no page, and those there are are named",
  async (thing) => {
    const { exitCode, stderr } = await open(...thing);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Next: Write 128, run 1893");
  },
);

test("the browser gets the address as one argument, and no token", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plumb-"));
  const [browser, seen] = [join(folder, "browser"), join(folder, "seen")];
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf '%s|%s' "$1" "$PLUMBLINE_TOKEN" > '${seen}.new'; mv '${seen}.new' '${seen}'\n`,
  );
  chmodSync(browser, 0o700);
  const settings = { ...env, BROWSER: browser, PLUMBLINE_TOKEN: "secret", PATH: "/usr/bin:/bin" };
  const { stdout } = await plumb(["open", "run", "7"], { env: settings, isTerminal: true });
  expect(stdout).toBe("Opened https://plumbline.example.org/runs/7\n");
  await vi.waitFor(() => expect(existsSync(seen)).toBe(true), 10_000);
  expect(readFileSync(seen, "utf8")).toBe("https://plumbline.example.org/runs/7|");
  const printed = await plumb(["open", "--print", "--json"], { env: settings, isTerminal: true });
  expect(JSON.parse(printed.stdout)).toEqual({
    address: "https://plumbline.example.org/",
    opened: false,
  });
  rmSync(folder, { recursive: true });
});

test("without a screen there is no browser; without a server it says how to sign in", async () => {
  expect(findBrowser({ PATH: "/usr/bin:/bin" }, "linux")).toBeUndefined();
  expect(await plumb(["open"])).toMatchObject({ exitCode: 3, stdout: "" });
});
