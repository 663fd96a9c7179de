import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { runOf } from "../../testing/fixtures/runs.ts";
import { Stepper } from "./stepper.tsx";

afterEach(cleanup);

test("an apply that has said nothing yet says how much of it is done", () => {
  const run = runOf(1893);
  if (run === undefined) throw new Error("the fixtures hold this run");
  const phases = run.phases.map((phase) => (phase.phase === "apply" ? { ...phase, line: null } : phase));
  render(<Stepper run={{ ...run, phases, progress: { done: 1, total: 4 } }} />);
  expect(screen.getByText("1 of 4 resources")).toBeTruthy();
});

test("a phase that was under way when the runner was lost is unknown, not running", () => {
  const run = runOf(1893);
  if (run === undefined) throw new Error("the fixtures hold this run");
  const phases = run.phases.map((phase) =>
    phase.phase === "apply" ? { ...phase, outcome: "running" as const } : phase,
  );
  const { container } = render(<Stepper run={{ ...run, status: "unknown", phases }} />);
  expect(screen.getByText("unknown")).toBeTruthy();
  expect(screen.queryByText("running")).toBeNull();
  expect(container.querySelector("[aria-current]")).toBeNull();
});
