import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { controlCatalogues, controlReport, rules } from "../testing/fixtures/controls.ts";
import { overview } from "../testing/fixtures/overview.ts";
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
