import { expect, test, vi } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { runOf } from "../../testing/fixtures/runs.ts";
import { LogPanel } from "./log-panel.tsx";
import { RunNotes } from "./run-notes.tsx";

const pruned = { at: "2026-11-22T03:00:00.000Z", afterDays: 181 };

test("a log that is not kept any more is not shown as an empty one", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ lines: [], ended: true, pruned }));
  const page = await renderPage(<LogPanel number={1893} />);
  await page.findByText("The log was pruned on 2026-11-22, 181 days after the run ended.");
  expect(page.queryByText("This run wrote nothing.")).toBeNull();
  vi.unstubAllGlobals();
});

test("a run says that its plan file is not kept any more", async () => {
  const run = runOf(1893);
  if (run === undefined) throw new Error("there is no such run");
  const page = await renderPage(<RunNotes run={{ ...run, pruned: { plan: pruned } }} />);
  expect(page.container.textContent).toContain("pruned on 2026-11-22, 181 days after the run ended");
  expect((await renderPage(<RunNotes run={run} />)).container.textContent).not.toContain("pruned");
});
