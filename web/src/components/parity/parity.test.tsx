import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { parity } from "../../testing/fixtures/parity.ts";
import { renderPage } from "../../testing/render.tsx";
import { ParityTable } from "./parity-table.tsx";
import { paritySentence, rowsOf } from "./parity-words.ts";

const [database] = parity.components;

test("a view shows what it says, and the sentence counts", () => {
  if (database === undefined) throw new Error("the fixture has no component");
  expect(rowsOf(database, "defects").map(({ name }) => name)).toEqual(["engine that applied last", "size_gb"]);
  expect(rowsOf(database, "differs").map(({ verdict }) => verdict)).not.toContain("same");
  expect(rowsOf(database, "all")).toHaveLength(database.rows.length);
  expect(paritySentence(parity.components)).toBe(
    "1 difference that should not be, 1 difference without a reason, 2 differences with a reason.",
  );
  expect(paritySentence([])).toBe("The environments do not differ.");
});

test("a value without a reason leads to its rule; the reason stands beside the value; nothing sealed is shown", async () => {
  if (database === undefined) throw new Error("the fixture has no component");
  const { container } = await renderPage(
    <ParityTable
      repository="shop-infrastructure"
      component={database}
      environments={parity.environments}
      rows={database.rows}
    />,
  );
  expect(screen.getByRole("link", { name: "environment-value-unexplained" }).getAttribute("href")).toBe(
    "/policy?tab=rules&rule=environment-value-unexplained",
  );
  expect(screen.getByRole("link", { name: "prod" }).getAttribute("href")).toBe(
    "/workspaces/shop-infrastructure:database/prod",
  );
  const wanting = [...container.querySelectorAll(".parity__cell--wanting")].map(({ textContent }) => textContent);
  expect(wanting).toEqual([expect.stringContaining("1.10.9"), expect.stringContaining("50")]);
  expect(screen.getByText("three years of orders")).toBeTruthy();
  expect(screen.getAllByText("sealed, version 3")).toHaveLength(2);
});
