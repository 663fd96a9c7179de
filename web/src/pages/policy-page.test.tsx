import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { controlCatalogues, controlReport, rules } from "../testing/fixtures/controls.ts";
import { overview } from "../testing/fixtures/overview.ts";
import { scorecardsOf } from "../testing/fixtures/scorecards.ts";
import { renderPage } from "../testing/render.tsx";
import { PolicyPage } from "./policy-page.tsx";

const answers: [RegExp, unknown][] = [
  [/\/report$/, controlReport],
  [/control-catalogues/, { items: controlCatalogues }],
  [/rules\/aws-rds-storage-encrypted/, rules[0]],
  [/overview/, overview],
];

function answer(url: string): Response {
  const found = answers.find(([pattern]) => pattern.test(url.split("?")[0] ?? ""));
  return Response.json(found?.[1] ?? { items: [], cursor: null, problems: [], owners: {} });
}

test("a report has its catalogue as title, and a control says why and shows what is wrong and right", async () => {
  vi.stubGlobal("fetch", async (url: string | URL | Request) => answer(url instanceof Request ? url.url : String(url)));
  await renderPage(<PolicyPage />, "/policy?tab=controls&control=2.2.1");
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Policy");
  await screen.findByRole("heading", { level: 1, name: controlReport.title });
  expect(screen.getByRole("list", { name: "Legend" }).textContent).toContain("waived");
  expect(await screen.findByText(/Who gets hold of a disk/)).toBeTruthy();
  expect(screen.getByText("Bad")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open the rule" }).getAttribute("href")).toContain(
    "aws-rds-storage-encrypted",
  );
  vi.unstubAllGlobals();
});

test("scorecards say what all components have together, and the next ones follow when asked for", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: string | URL | Request) => {
    const url = new URL(request instanceof Request ? request.url : String(request), "http://here");
    if (!url.pathname.endsWith("/scorecards")) return answer(url.href);
    asked.push(url.searchParams.get("cursor") ?? "first");
    return Response.json(scorecardsOf(url.searchParams.get("cursor") ?? undefined));
  });
  await renderPage(<PolicyPage />, "/policy?tab=scorecards");
  expect(await screen.findByText("4 components: 1 critical, 2 high, 3 medium, 4 low")).toBeTruthy();
  expect(screen.queryByRole("link", { name: "network" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show more" }));
  expect(await screen.findByRole("link", { name: "network" })).toBeTruthy();
  expect(asked).toEqual(["first", "3"]);
  vi.unstubAllGlobals();
});
