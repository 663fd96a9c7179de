import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "@plumbline/contract";
import { afterAll, expect, test } from "vitest";
import { readConfig, variableOf } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string, name = "server.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function mistakes(source: Parameters<typeof readConfig>[0]): string {
  try {
    readConfig(source);
  } catch (error) {
    if (error instanceof Problem && error.code === "config_invalid") return error.message.replaceAll(`${folder}/`, "");
    throw error;
  }
  return "none";
}

test("an empty configuration is valid, complete and frozen", () => {
  const config = readConfig({ cwd: "/srv" });
  expect(config).toMatchObject({
    listen: { host: "127.0.0.1", port: 8300 },
    publicUrl: "http://127.0.0.1:8300",
    allowInsecure: false,
    rootKey: { file: "/var/lib/plumbline/root.key" },
    database: { embedded: { dataDir: "/var/lib/plumbline/postgres" } },
    drift: { every: 900 },
  });
  expect(() => Object.assign(config.listen, { port: 1 })).toThrow(TypeError);
});

test("the environment stands above the file, the file above the defaults; paths count from the file", () => {
  const config = readConfig({
    file: file(
      "listen: {host: 0.0.0.0, port: 9000}\ndataDir: data\ntools: {opa: bin/opa}\ntls: {certFile: a.crt, keyFile: a.key}\n",
    ),
    env: {
      PLUMBLINE_SERVER__LISTEN__PORT: "9001",
      PLUMBLINE_SERVER__TRUSTED_PROXIES: "[10.0.0.0/8, '::1']",
      PLUMBLINE_SERVER__MAIL__SMTP_URL: "smtp://mail.test:25",
      PLUMBLINE_SERVER__MAIL__FROM: "plumbline@example.test",
      HOME: "/root",
    },
  });
  expect(config).toMatchObject({
    listen: { host: "0.0.0.0", port: 9001 },
    publicUrl: "https://localhost:9001",
    dataDir: join(folder, "data"),
    tools: { opa: join(folder, "bin/opa") },
    tls: { certFile: join(folder, "a.crt") },
    trustedProxies: ["10.0.0.0/8", "::1"],
    mail: { smtpUrl: "smtp://mail.test:25" },
  });
});

test("a wrong key is named with its line and what was probably meant", () => {
  const yaml = file("listen:\n  hots: 127.0.0.1\n\ndatabse: {}\nlog: {level: loud}\n");
  expect(mistakes({ file: yaml })).toBe(
    [
      'server.yaml:2: there is no key "listen.hots". Did you mean "listen.host"?',
      "server.yaml:5: log.level: one of debug, info, warn, error, silent is expected.",
      'server.yaml:4: there is no key "databse". Did you mean "database"?',
    ].join("\n"),
  );
  const json = file('{\n  "listen": {\n    "port": "eighty"\n  },\n  "zzzzzz": 1\n}', "server.json");
  expect(mistakes({ file: json })).toMatch(
    /^server\.json:3: listen\.port: a value of type number is expected\.\nserver\.json:5: there is no key "zzzzzz"\. Known there: listen, /,
  );
});

test("a wrong variable is named; its value, which may be a secret, is not repeated", () => {
  const text = mistakes({
    env: { [variableOf(["database", "url"])]: "mysql://root:hunter2@db", PLUMBLINE_SERVER__LISTEN__PROT: "1" },
  });
  expect(text).toContain("PLUMBLINE_SERVER__DATABASE__URL: database.url: must begin with postgres://");
  expect(text).toContain('PLUMBLINE_SERVER__LISTEN__PROT: there is no key "listen.prot". Did you mean "listen.port"?');
  expect(text).not.toContain("hunter2");
});

test("what is missing, too large, no duration, no network or no YAML says so", () => {
  expect(mistakes({ file: file("tls:\n  certFile: a\n") })).toBe(
    "server.yaml:1: tls.keyFile: a value of type string is expected, but it is missing.",
  );
  expect(mistakes({ file: file("listen: {port: 70000}") })).toBe(
    "server.yaml:1: listen.port: at most 65535 is expected.",
  );
  expect(mistakes({ file: file("drift: {every: 15 minutes}") })).toContain(
    'drift.every: must be a duration such as "15m" or "2h"',
  );
  expect(mistakes({ file: file("trustedProxies:\n  - 10.0.0.0/8\n  - everywhere\n") })).toMatch(
    /^server\.yaml:3: trustedProxies\.1: an address or a network/,
  );
  expect(mistakes({ file: file("listen: [\n") })).toMatch(/^server\.yaml:\d+: /);
  expect(mistakes({ file: file("just text") })).toContain("a mapping of keys is expected");
  expect(mistakes({ file: file("database: {applicationUrl: 'postgres://a@b/c'}") })).toContain(
    "needs database.url beside it",
  );
  expect(mistakes({ file: join(folder, "absent.yaml") })).toContain("cannot be read");
});
