import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { overview } from "../../testing/fixtures/overview.ts";
import { renderPage } from "../../testing/render.tsx";
import { density, matrixRows } from "./matrix-rows.ts";
import { Matrix } from "./matrix.tsx";

test("rows as main declares them, or the worst first", () => {
  expect(matrixRows(overview, "layer").map(({ component }) => component.name)).toEqual(["network", "database", "shop"]);
  expect(matrixRows(overview, "severity").map(({ component }) => component.name)).toEqual([
    "database",
    "network",
    "shop",
  ]);
});

test("dense from 9 components, folded from 60", () => {
  expect([8, 9, 59, 60].map(density)).toEqual(["tiles", "compact", "compact", "folded"]);
});

test("a cell's name says everything it shows and leads to what needs somebody", async () => {
  await renderPage(<Matrix overview={overview} order="layer" />);
  const cell = screen.getByRole("link", {
    name: /^database, prod: drifted, critical, port 5432 is open to 0\.0\.0\.0\/0, case 57/,
  });
  expect(cell.getAttribute("href")).toBe("/drift/57");
  expect(screen.getByRole("link", { name: /^shop, uat: never applied/ }).getAttribute("href")).toBe(
    "/workspaces/shop-infrastructure:shop/uat",
  );
  expect(
    screen.getByRole("link", { name: /^database, test: applying, 3 of 7 resources, run 1893, from #127/ }),
  ).toBeTruthy();
});

test("while something is done a cell says how much of it", async () => {
  const workspaces = overview.workspaces.map((one) => ({ ...one, sentence: "Applying (run 1893)" }));
  await renderPage(<Matrix overview={{ ...overview, workspaces }} order="layer" />);
  expect(screen.getByText("3 of 7 resources")).toBeTruthy();
});

test("arrow keys move between cells and stay inside", async () => {
  await renderPage(<Matrix overview={overview} order="layer" />);
  const first = screen.getByRole("link", { name: /^network, dev/ });
  first.focus();
  fireEvent.keyDown(first, { key: "ArrowDown" });
  expect(document.activeElement?.getAttribute("data-cell")).toBe("database/dev");
  fireEvent.keyDown(document.activeElement ?? first, { key: "ArrowRight" });
  expect(document.activeElement?.getAttribute("data-cell")).toBe("database/test");
  first.focus();
  fireEvent.keyDown(first, { key: "ArrowLeft" });
  expect(document.activeElement?.getAttribute("data-cell")).toBe("network/dev");
});

test("where a component does not exist the matrix says so, and arrow keys pass over it", async () => {
  const workspaces = overview.workspaces.filter(({ name }) => name !== "database/dev" && name !== "network/test");
  await renderPage(<Matrix overview={{ ...overview, workspaces }} order="layer" />);
  expect(screen.getAllByText("not here")).toHaveLength(2);
  const first = screen.getByRole("link", { name: /^network, dev/ });
  first.focus();
  fireEvent.keyDown(first, { key: "ArrowDown" });
  expect(document.activeElement?.getAttribute("data-cell")).toBe("shop/dev");
  first.focus();
  fireEvent.keyDown(first, { key: "ArrowRight" });
  expect(document.activeElement?.getAttribute("data-cell")).toBe("network/uat");
});
