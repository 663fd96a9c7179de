import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findConnection } from "./connect.ts";
import { credentialsPath, readCredentials, writeCredentials } from "./credentials.ts";
import { serverUrl } from "./server-url.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const credential = { token: "kept", id: null, organization: "acme", name: "dev", expiresAt: null };
const env = () => ({ XDG_CONFIG_HOME: folder });

test("the file is for its owner alone, also where it replaces another", () => {
  const path = credentialsPath(env());
  expect(path).toBe(join(folder, "plumbline/credentials.json"));
  for (const current of ["http://127.0.0.1:1", "http://127.0.0.1:2"]) {
    writeCredentials(path, { current, servers: { [current]: credential } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readCredentials(path).current).toBe(current);
  }
});

test("a file that others may read is refused, with what to do", () => {
  const path = credentialsPath(env());
  writeCredentials(path, { current: null, servers: {} });
  chmodSync(path, 0o640);
  expect(() => readCredentials(path)).toThrow("can be read or written by other users");
});

test("a link and a broken file are refused", () => {
  const path = credentialsPath(env());
  writeCredentials(path, { current: null, servers: {} });
  writeFileSync(path, "[1");
  expect(() => readCredentials(path)).toThrow("not readable as credentials");
  rmSync(path);
  symlinkSync("/etc/passwd", path);
  expect(() => readCredentials(path)).toThrow("is not a file");
});

test("the environment wins over the file, each part by itself", () => {
  const current = "http://127.0.0.1:1";
  writeCredentials(credentialsPath(env()), { current, servers: { [current]: credential } });
  expect(findConnection(env())).toEqual({ url: current, token: "kept" });
  expect(findConnection({ ...env(), PLUMBLINE_TOKEN: "given" })).toEqual({
    url: current,
    token: "given",
  });
  expect(() => findConnection({ ...env(), PLUMBLINE_URL: "http://127.0.0.1:2" })).toThrow(
    "no token for http://127.0.0.1:2",
  );
  expect(findConnection({ PLUMBLINE_URL: "https://a.example/", PLUMBLINE_TOKEN: "given" })).toEqual({
    url: "https://a.example",
    token: "given",
  });
});

test.each([
  ["http://plumbline.example.org", "would send the token in clear"],
  ["http://127.0.0.1.example.org", "would send the token in clear"],
  ["ftp://127.0.0.1", "not the address of a server"],
  ["plumbline", "not the address of a server"],
  ["https://dev:secret@plumbline.example.org", "holds more than a host"],
])("the address %s is refused", (address, reason) => {
  expect(() => serverUrl(address)).toThrow(reason);
});

test.each([
  ["http://localhost:8300/", "http://localhost:8300"],
  ["http://[::1]:8300", "http://[::1]:8300"],
  ["https://Plumbline.example.org/base/", "https://plumbline.example.org/base"],
])("the address %s is taken", (address, url) => {
  expect(serverUrl(address)).toBe(url);
});
