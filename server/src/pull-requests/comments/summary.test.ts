import type { Finding } from "@plumbline/contract";
import { expect, test } from "vitest";
import { renderSummary } from "./summary.ts";

const file = "components/shop/main.tf";

function finding(index: number, line: string): Finding {
  return {
    fingerprint: `f${index}`,
    rule: "lab-bucket-encrypted",
    severity: "high",
    category: "encryption",
    title: "The bucket is not encrypted",
    why: "w",
    fix: "Set encrypted = true.",
    outcome: "fail",
    address: `lab_bucket.b${index}`,
    place: { file, line: index },
    chain: [],
    source: "plumbline",
    controls: [],
    standing: { kind: "new", blocks: true, touched: true },
    patch: {
      file,
      startLine: index,
      endLine: index,
      before: [`  encrypted = false # ${line}`],
      lines: ["  encrypted = true"],
    },
  };
}

function summary(findings: Finding[]): string {
  return renderSummary({
    sentence: "Blocked.",
    patchSet: 1,
    commit: "0".repeat(40),
    workspaces: [
      {
        workspace: "shop/dev",
        line: "Planned.",
        counts: null,
        findings,
        failures: [],
        text: null,
        run: 1,
        provisional: false,
      },
    ],
    problems: [],
    gate: [],
    replay: "",
  });
}

test("a finding comes with the lines that mend it, below its own line of the list", () => {
  expect(summary([finding(7, "why")])).toContain(
    [
      "  `components/shop/main.tf:7`:",
      "",
      "  ```diff",
      "  -  encrypted = false # why",
      "  +  encrypted = true",
      "  ```",
    ].join("\n"),
  );
});

test("what would make the comment too long is left to the comments on the lines; no line leaves its block", () => {
  const many = summary(Array.from({ length: 60 }, (_, index) => finding(index + 1, "x".repeat(400))));
  expect(many.match(/```diff/g)?.length).toBeGreaterThan(5);
  expect(many.length).toBeLessThan(30_000);
  const hostile = summary([finding(1, "``` <b>")]);
  expect(hostile).toContain("  ````diff\n  -  encrypted = false # ``` <b>\n");
});

test("workspaces with equal plans are one row and one plan, with the others' names", () => {
  const plan = {
    line: "Planned.",
    counts: null,
    findings: [],
    failures: [],
    text: "~ bucket",
    run: 1,
    provisional: false,
  };
  const text = renderSummary({
    sentence: "Planned.",
    patchSet: 1,
    commit: "0".repeat(40),
    workspaces: [
      { ...plan, workspace: "shop/dev", alike: ["shop/test", "shop/prod"] },
      { ...plan, workspace: "base/dev", run: 2 },
    ],
    problems: [],
    gate: [],
    replay: "",
  });
  expect(text.split("\n").filter((line) => line.startsWith("| `"))).toEqual([
    "| `shop/dev` and 2 alike | – | – | – | – | – | – | Planned. run 1 |",
    "| `base/dev` | – | – | – | – | – | – | Planned. run 2 |",
  ]);
  expect(text).toContain(
    "<summary>shop/dev, and 2 alike</summary>\n\nThe same with other values in `shop/test`, `shop/prod`.",
  );
});
