import { writeFileSync } from "node:fs";
import { problem } from "@plumbline/contract/errors";
import { patience } from "./phase.ts";
import { assertPlanOfTree } from "./plan-bytes.ts";
import { sha256 } from "./plan-phase.ts";
import type { RunContext } from "../run-context.ts";
import type { Unpacked } from "../tree/tree.ts";

/** Gets the approved plan's bytes from the server and puts them where `apply` reads them, if they are those bytes. */
export async function fetchSavedPlan(context: RunContext, unpacked: Unpacked, expected: string): Promise<void> {
  const answer = await context.link.demand({ method: "GET", path: "/plan-file" }, patience(context, "apply"));
  const actual = sha256(answer.body);
  if (actual !== expected)
    throw problem(
      "plan_changed",
      `The plan's bytes have the SHA-256 ${actual}; approved was ${expected}. Nothing was applied.`,
    );
  assertPlanOfTree(context, unpacked, answer.body);
  writeFileSync(context.run.plan, answer.body, { flag: "wx", mode: 0o600 });
}
