import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { pullRequest } from "../../testing/fixtures/pull-requests.ts";
import { renderPage } from "../../testing/render.tsx";
import { PlansTab } from "./plans-tab.tsx";

afterEach(() => vi.unstubAllGlobals());

const [one] = pullRequest.affected;
if (one === undefined) throw new Error("the fixture affects nothing");
const affected = Array.from({ length: 120 }, (_, index) => ({
  ...one,
  workspace: `shop/${index}`,
  run: 1000 + index,
  runStatus: "finished" as const,
  applyStatus: null,
  blocking: 0,
  shape: "the same",
}));

/** Answers plans one by one; those of a workspace in `held` not before it is let go. */
function answerPlans(held: Record<string, Promise<void>> = {}): void {
  vi.stubGlobal("fetch", async (address: string) => {
    const url = new URL(address, "http://here");
    const workspace = url.searchParams.get("workspace");
    if (!url.pathname.endsWith("/plans") || workspace === null) return Response.json({ items: [] });
    await held[workspace];
    const run = affected.find((item) => item.workspace === workspace)?.run;
    return Response.json({ items: [{ workspace, run, plan: null, findings: [], judgementFailures: [] }] });
  });
}

const rows = () => screen.getAllByRole("row").slice(1);

test("a link to a workspace among many that are alike shows its row and its plan", async () => {
  answerPlans();
  await renderPage(<PlansTab pullRequest={{ ...pullRequest, affected }} />, "/?workspace=shop%2F77");
  expect(rows().map((row) => within(row).getByRole("link").textContent)).toEqual(["shop/0", "shop/77"]);
  expect(screen.getByRole("link", { name: "shop/77" }).getAttribute("aria-current")).toBe("true");
  expect(await screen.findByRole("link", { name: "Open run 1077" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "and 119 alike" }));
  expect(rows()).toHaveLength(120);
  expect(screen.getAllByRole("link", { name: "shop/77" })).toHaveLength(1);
});

test("hundreds that are not alike are all rows", async () => {
  answerPlans();
  const apart = affected.map((item) => ({ ...item, shape: item.workspace }));
  await renderPage(<PlansTab pullRequest={{ ...pullRequest, affected: apart }} />);
  await waitFor(() => expect(rows()).toHaveLength(120));
});

test("what stands below the plan comes with it, and another plan replaces it in its place", async () => {
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  answerPlans({ "shop/0": first.promise, "shop/1": second.promise });
  await renderPage(
    <PlansTab pullRequest={{ ...pullRequest, affected }}>
      <p>Below</p>
    </PlansTab>,
  );
  expect(screen.queryByText("Below")).toBeNull();
  first.resolve();
  expect(await screen.findByText("Below")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open run 1000" })).toBeTruthy();
  fireEvent.keyDown(document.body, { key: "]" });
  await screen.findByRole("link", { name: "shop/1" });
  expect(screen.getByRole("link", { name: "Open run 1000" })).toBeTruthy();
  second.resolve();
  expect(await screen.findByRole("link", { name: "Open run 1001" })).toBeTruthy();
});
