import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { runOf } from "../../testing/fixtures/runs.ts";
import { Stepper } from "./stepper.tsx";

test("an apply that has said nothing yet says how much of it is done", () => {
  const run = runOf(1893);
  if (run === undefined) throw new Error("the fixtures hold this run");
  const phases = run.phases.map((phase) => (phase.phase === "apply" ? { ...phase, line: null } : phase));
  render(<Stepper run={{ ...run, phases, progress: { done: 1, total: 4 } }} />);
  expect(screen.getByText("1 of 4 resources")).toBeTruthy();
});
