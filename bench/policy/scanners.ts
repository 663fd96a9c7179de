import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import { findScanner } from "./find-scanner.ts";
import { measureForeign } from "./measured-foreign.ts";
import { measure, plumb } from "./measured-process.ts";
import { repeatedPlan } from "./repeated-plan.ts";
import { writeSmallDirectory } from "./small-directory.ts";

const planned = 5_000;

interface Other {
  name: "checkov" | "trivy";
  /** Arguments for a directory, and for a plan. */
  directory: (path: string) => string[];
  plan: (path: string) => string[];
  targets: { directory: number; plan: number };
}

const checkov: Other = {
  name: "checkov",
  directory: (path) => ["--directory", path, "--framework", "terraform", ...quietCheckov],
  plan: (path) => ["--file", path, "--framework", "terraform_plan", ...quietCheckov],
  targets: { directory: 8, plan: 80 },
};
const quietCheckov = ["--output", "json", "--compact", "--quiet", "--skip-download", "--soft-fail"];

const trivy: Other = {
  name: "trivy",
  directory: (path) => ["config", ...quietTrivy, path],
  plan: (path) => ["config", ...quietTrivy, path],
  targets: { directory: 4, plan: 30 },
};
const quietTrivy = [
  "--skip-check-update",
  "--skip-version-check",
  "--disable-telemetry",
  "--quiet",
  "--format",
  "json",
  "--timeout",
  "60m",
];

/** CPU of other scanners in multiples of ours, each on the same subject in the same run; where they are found. */
export const scannerFigures: Figure[] = [checkov, trivy].flatMap((other) => [
  directoryFigure(other),
  planFigure(other),
]);

function directoryFigure(other: Other): Figure {
  return {
    id: `policy-${other.name}-directory`,
    title: `CPU of ${other.name} over that of plumb scan, 64 resources of .tf`,
    unit: "x",
    target: other.targets.directory,
    better: "higher",
    missing: () => missing(other),
    measure: (say) =>
      inFolder((folder) => {
        const resources = writeSmallDirectory(join(folder, "small"));
        say(`scanning ${resources} resources by both, in turn`);
        return compare(folder, other.name, other.directory(join(folder, "small")), "small", 5);
      }),
  };
}

function planFigure(other: Other): Figure {
  return {
    id: `policy-${other.name}-plan`,
    title: `CPU of ${other.name} over that of plumb scan, a plan of ${planned} resources`,
    unit: "x",
    target: other.targets.plan,
    better: "higher",
    missing: () => missing(other),
    measure: (say) =>
      inFolder((folder) => {
        writeSmallDirectory(join(folder, "small"));
        writeFileSync(join(folder, "plan.json"), JSON.stringify(repeatedPlan(join(folder, "small"), planned)));
        say(
          `scanning a plan of ${planned} resources by both, those of the directory again and again; ${other.name} takes minutes`,
        );
        return compare(folder, other.name, other.plan(join(folder, "plan.json")), "plan.json", 1);
      }),
  };
}

function missing({ name }: Other): string | undefined {
  return findScanner(name) === undefined
    ? `${name} is neither on PATH nor named by PLUMBLINE_${name.toUpperCase()}`
    : undefined;
}

async function inFolder(act: (folder: string) => Measured): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "plumb-bench-"));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both in turn, the median of each; a first start of each, which compiles, is not counted. */
function compare(folder: string, name: Other["name"], args: string[], subject: string, rounds: number): Measured {
  const program = findScanner(name);
  if (program === undefined) throw new Error(`${name} is gone`);
  const ours = () => measure(folder, plumb, ["scan", subject, "--format", "json"]);
  const first = ours();
  if (rounds > 1) measureForeign(folder, program, args);
  const times = Array.from({ length: rounds }, () => ({
    own: ours().seconds,
    other: measureForeign(folder, program, args),
  }));
  const own = quantile(
    times.map((time) => time.own),
    0.5,
  );
  const other = quantile(
    times.map((time) => time.other.seconds),
    0.5,
  );
  return {
    value: other / own,
    demands: [
      { says: "both found something", holds: first.status === 1 && times.every((time) => time.other.output > 2000) },
    ],
    notes: [
      `plumb scan ${own.toFixed(2)} s, ${name} ${other.toFixed(2)} s (medians of ${rounds}); findings: ${JSON.stringify(JSON.parse(first.output).counts)}`,
    ],
  };
}
