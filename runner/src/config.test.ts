import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRunnerConfig } from "./config.ts";

const least = {
  server: "https://plumbline.test",
  token: "t",
  dataDirectory: "/d",
  engines: [{ name: "terraform", path: "/t" }],
};

describe("readRunnerConfig", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (content: unknown, environment: NodeJS.ProcessEnv = {}) => {
    const file = join(folder, "runner.yaml");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readRunnerConfig(file, environment);
  };

  it("fills in the rest; declared names are allowed where resources are", () => {
    const config = read({ ...least, egress: { names: { "Lab.Cloud": "127.0.0.1:7300" }, allow: ["example.com"] } });
    expect(config).toMatchObject({ sandbox: "bubblewrap", mirrors: [], directRegistry: false, graceSeconds: 60 });
    expect(config.egress).toEqual({
      names: { "lab.cloud": "127.0.0.1:7300" },
      allow: { init: ["example.com"], plan: ["example.com", "Lab.Cloud:*"], apply: ["example.com", "Lab.Cloud:*"] },
    });
  });

  it("takes YAML, and the environment before the file", () => {
    const yaml = "server: https://a.test\ntoken: x\ndataDirectory: /d\nengines:\n  - { name: tofu, path: /t }\n";
    const config = read(yaml, { PLUMBLINE_SERVER: "https://b.test", PLUMBLINE_RUNNER_TOKEN: "y" });
    expect(config).toMatchObject({ server: "https://b.test", token: "y" });
  });

  it.each([
    [{ ...least, servr: 1 }, 'there is no key "servr". Did you mean "server"?'],
    [{ ...least, engines: [{ name: "tofu", paht: "/t" }] }, 'Did you mean "engines.0.path"?'],
    [{ ...least, capacity: "many", limits: { openFile: 1 } }, 'Did you mean "limits.openFiles"?'],
    [{ ...least, server: undefined }, "server: a value of type string is expected, but it is missing"],
    [{ ...least, token: undefined, tokenFile: "/absent/token" }, "/absent/token cannot be read"],
    [{ ...least, server: "ftp://x" }, "server"],
    [{ ...least, server: "http://plumbline.test" }, "must be https beyond this machine"],
    [{ ...least, token: undefined }, "give either token or tokenFile"],
    [{ ...least, engines: [{ name: "pulumi", path: "/p" }] }, "engines.0.name"],
    [{ ...least, sandbox: "none" }, "sandboxReason"],
    [{ ...least, dataDirectory: `/${"d".repeat(60)}` }, "dataDirectory"],
    [{ ...least, capacity: 0 }, "capacity"],
    [{ ...least, opa: "opa" }, "opa"],
    [{ ...least, scanners: [{ name: "x", kind: "checkov", path: "/x" }] }, "scanners.0.sha256"],
    [
      { ...least, scanners: [{ name: "x", kind: "sarif", path: "/x", sha256: "0".repeat(64) }] },
      "scanners.0.arguments",
    ],
    [{ ...least, egress: { allow: { plam: [] } } }, "egress.allow"],
    ["- a\n", "has to be a map"],
    ["a: [", "cannot be read"],
  ])("names what is wrong in %j", (content, key) => {
    expect(() => read(content)).toThrow(key);
  });
});
