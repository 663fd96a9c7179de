import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "@plumbline/contract/findings";
import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../examples/resources-from-hcl.ts";
import { judgeResources, rulesInForce } from "../judging/judge-resources.ts";
import type { Rule } from "../rule.ts";
import { catalogue } from "../rules/catalogue.ts";
import { locate } from "../sources/locate.ts";
import { parseSource } from "../sources/parse-source.ts";
import { indexSources } from "../sources/source-index.ts";
import { applyPatches } from "./apply-patches.ts";
import { Patches } from "./patch-of-finding.ts";

interface Judged {
  findings: Finding[];
  patched: string;
}

/** Judges by one rule and applies the patches of what it finds. */
function judge(rule: Rule, text: string): Judged {
  const policy = effectivePolicy({ ...defaultPolicyConfiguration, parameters: rule.examples.parameters ?? {} }, "", "");
  const index = indexSources(new Map([["main.tf", text]]), ".");
  const patches = new Patches([rule], { index, variableFiles: [], variables: {} });
  const found = judgeResources(resourcesFromHcl(text), rulesInForce([rule], policy), policy);
  const made = found.flatMap(({ finding, resource }) => {
    const located = resource && locate(index, resource, finding.attribute);
    const patch =
      located && finding.attribute !== undefined ? patches.of(rule.id, finding.attribute, located) : undefined;
    return patch ? [patch] : [];
  });
  return { findings: found.map(({ finding }) => finding), patched: applyPatches(text, made).text };
}

/** Until nothing more is patched. */
function mend(rule: Rule, text: string): Judged {
  let judged = judge(rule, text);
  for (let round = 0; round < 8 && judged.patched !== text; round++) {
    text = judged.patched;
    judged = judge(rule, text);
  }
  return judged;
}

const mended = catalogue
  .map((rule) => ({ rule, after: mend(rule, rule.examples.bad) }))
  .filter(({ rule, after }) => after.patched !== rule.examples.bad);

describe("patches of what rules find", () => {
  it("are there for hundreds of rules", () => {
    expect(mended.length).toBeGreaterThan(280);
  });

  it.each(mended.map(({ rule, after }) => [rule.id, after] as const))(
    "%s: leaves nothing to find, and still parses",
    (id, after) => {
      expect(parseSource("main.tf", after.patched).errors).toEqual([]);
      expect(after.findings.map(({ title }) => title)).toEqual([]);
      expect(id).not.toBe("");
    },
  );

  it("are formatted as terraform formats them, where the example is", ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), "plumb-fixes-"));
    try {
      const format = (files: Map<string, string>): Set<string> => {
        for (const [name, text] of files) writeFileSync(join(folder, name), text);
        const { stdout, error } = spawnSync("terraform", ["fmt", "-check", "-list=true", folder], { encoding: "utf8" });
        if (error) skip("terraform is not on PATH");
        return new Set(stdout.split("\n").map((line) => line.slice(line.lastIndexOf("/") + 1)));
      };
      const written = (which: (one: (typeof mended)[number]) => string): Map<string, string> =>
        new Map(mended.map((one) => [`${one.rule.id}.tf`, `${which(one)}\n`]));
      const before = format(written(({ rule }) => rule.examples.bad));
      const after = format(written(({ after: { patched } }) => patched));
      expect([...after].filter((name) => !before.has(name))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
