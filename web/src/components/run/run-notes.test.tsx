import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { runOf } from "../../testing/fixtures/runs.ts";
import { renderPage } from "../../testing/render.tsx";
import { RunSentence } from "./run-head.tsx";
import { RunProblems } from "./run-notes.tsx";

const run = runOf(1893);
const error = { code: "run_failed", detail: "No free address", file: "components/shop/main.tf", line: 16 };

test("what failed is said once, with its place", async () => {
  if (run === undefined) throw new Error("the fixtures hold this run");
  const failed = { ...run, status: "failed" as const, reason: error.detail, error };
  const { container } = await renderPage(
    <>
      <RunSentence run={failed} />
      <RunProblems run={failed} />
    </>,
  );
  expect(screen.getAllByText(/No free address/)).toHaveLength(1);
  expect(container.textContent).toContain("components/shop/main.tf:16");
});

test("a failure that the head does not tell stands below it", async () => {
  if (run === undefined) throw new Error("the fixtures hold this run");
  await renderPage(<RunProblems run={{ ...run, status: "failed", reason: "The plan failed", error }} />);
  expect(screen.getByText(/No free address/)).toBeTruthy();
});
