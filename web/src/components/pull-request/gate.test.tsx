import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { pullRequest } from "../../testing/fixtures/pull-requests.ts";
import { renderPage } from "../../testing/render.tsx";
import { aroundNames, gateView, mergeReason } from "./gate-view.ts";
import { Gate } from "./gate.tsx";

test("unmet conditions come first, in the server's order", () => {
  const shuffled = pullRequest.gate.toReversed();
  const { met, conditions } = gateView(shuffled);
  expect(met).toBe(3);
  expect(conditions.map((condition) => condition.met)).toEqual([false, false, false, true, true, true]);
  expect(conditions.slice(0, 3).map(({ id }) => id)).toEqual(["approvals-prod", "owner-prod", "findings"]);
});

test("what a person gives is open, what a change must mend has failed", () => {
  const glyphs = Object.fromEntries(gateView(pullRequest.gate).conditions.map(({ id, glyph }) => [id, glyph]));
  expect(glyphs).toMatchObject({ findings: "failed", "owner-prod": "open", ticket: "done" });
});

test("the status forbids before the server's reason does", () => {
  expect(mergeReason({ ...pullRequest, status: "merged" })).toBe("It is merged.");
  expect(mergeReason(pullRequest)).toMatch(/^Not yet: 1 critical finding/);
  expect(
    mergeReason({ ...pullRequest, can: { ...pullRequest.can, merge: { allowed: true, reason: null } } }),
  ).toBeNull();
});

test("the blocked merge button can be focused, says why, and does nothing", async () => {
  const merge = vi.fn<() => void>();
  await renderPage(<Gate pullRequest={pullRequest} me="owner" onMerge={merge} />);
  const button = screen.getByRole("button", { name: "Merge and apply 6 workspaces" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect(button.hasAttribute("disabled")).toBe(false);
  expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toMatch(
    /administrators too/,
  );
  fireEvent.click(button);
  expect(merge).not.toHaveBeenCalled();
  expect(screen.getAllByText("you")[0]?.tagName).toBe("B");
});

test("an open gate merges", async () => {
  const merge = vi.fn<() => void>();
  const open = { ...pullRequest, can: { ...pullRequest.can, merge: { allowed: true, reason: null } } };
  await renderPage(<Gate pullRequest={open} me="owner" onMerge={merge} />);
  fireEvent.click(screen.getByRole("button", { name: "Merge and apply 6 workspaces" }));
  expect(merge).toHaveBeenCalledTimes(1);
});

test("what applies nothing is merged, and no more is said", async () => {
  await renderPage(<Gate pullRequest={{ ...pullRequest, affected: [] }} me="owner" onMerge={() => {}} />);
  expect(screen.getByRole("button", { name: "Merge" })).toBeTruthy();
});

test("while it is planned, plans to come wait; they have not failed", () => {
  const plans = {
    id: "plans",
    kind: "plans" as const,
    met: false,
    title: "",
    detail: "",
    who: [],
    file: null,
    line: null,
  };
  expect(gateView([plans], true).conditions[0]?.glyph).toBe("waits");
  expect(gateView([plans]).conditions[0]?.glyph).toBe("failed");
});

test("names in a detail are found, so that the reader's own can be marked", () => {
  expect(aroundNames({ detail: "Waits for a, b or c. @x is nobody.", who: ["a", "b", "c"] })).toEqual([
    "Waits for ",
    ". @x is nobody.",
  ]);
  expect(aroundNames({ detail: "Name it.", who: [] })).toBeNull();
});
