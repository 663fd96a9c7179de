import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { pullRequest } from "../../testing/fixtures/pull-requests.ts";
import { renderPage } from "../../testing/render.tsx";
import { Approvals } from "./approvals.tsx";
import { NextStep } from "./next-step.tsx";
import type { AffectedWorkspace, PullRequest } from "./types.ts";

const nothing = () => {};

/** The fixture after its merge, with how the apply of its first workspace ended. */
function merged(applyStatus: AffectedWorkspace["applyStatus"], more: Partial<PullRequest> = {}): PullRequest {
  const affected = pullRequest.affected.map((item, at) => ({
    ...item,
    blocking: 0,
    applyRun: 1900 + at,
    applyStatus: at === 0 ? applyStatus : ("finished" as const),
  }));
  return { ...pullRequest, status: "merged", affected, waitsForMe: false, ...more };
}

test.each(["failed", "canceled", "expired", "held"] as const)("an apply that %s leads to its run", async (status) => {
  await renderPage(<NextStep pullRequest={merged(status)} onApprove={nothing} />);
  expect(screen.getByRole("link", { name: "Open run 1900" }).getAttribute("href")).toBe("/runs/1900");
});

test("an apply of which nobody knows the end leads to its workspace, where that is confirmed", async () => {
  await renderPage(<NextStep pullRequest={merged("unknown")} onApprove={nothing} />);
  expect(screen.getByRole("link", { name: "Open database/dev" }).getAttribute("href")).toMatch(/database\/dev/);
});

test("whoever is asked approves from there; where all is applied there is nothing to press", async () => {
  const approve = vi.fn<() => void>();
  const can = { ...pullRequest.can, approve: { allowed: true, reason: null } };
  const asked = await renderPage(
    <NextStep pullRequest={merged("held", { can, waitsForMe: true })} onApprove={approve} />,
  );
  screen.getByRole("button", { name: "Approve" }).click();
  expect(approve).toHaveBeenCalledTimes(1);
  asked.unmount();
  await renderPage(<NextStep pullRequest={merged("finished")} onApprove={nothing} />);
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("link")).toBeNull();
});

test("nobody is told why he cannot approve what asks for no approval any more", async () => {
  const applied = await renderPage(<Approvals pullRequest={merged("finished")} me="dev" onApprove={nothing} />);
  expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
  expect(screen.queryByText(/cannot approve/)).toBeNull();
  applied.unmount();
  await renderPage(<Approvals pullRequest={merged("held")} me="dev" onApprove={nothing} />);
  expect(screen.getByRole("button", { name: "Approve" })).toBeTruthy();
});
