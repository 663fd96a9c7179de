import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { databaseProdPlan, emptyPlan, encryptionFinding } from "../../testing/fixtures/plans.ts";
import { renderPage } from "../../testing/render.tsx";
import { PlaceAddress } from "./place-link.tsx";
import { PlanPanel } from "./plan-panel.tsx";

const panel = (
  <PlanPanel
    title="database/prod"
    digest="sha256:4be190c7aa"
    plan={databaseProdPlan}
    findings={[encryptionFinding]}
    text="the text"
  />
);

test("shows old and new, what is unknown, and never a sensitive value", async () => {
  const { container } = await renderPage(panel);
  expect(screen.getByText("50").tagName).toBe("DEL");
  expect(screen.getByText("100").tagName).toBe("INS");
  expect(screen.getAllByText("known after apply")).toHaveLength(2);
  expect(screen.getByText("sensitive, not shown")).toBeTruthy();
  expect(container.textContent).toContain("because family cannot change in place");
  expect(screen.getByRole("article", { name: /critical: Storage of a database/ })).toBeTruthy();
});

test("an attribute leads to the line that sets it; one that no line sets leads nowhere", async () => {
  const plan = {
    ...databaseProdPlan,
    resources: databaseProdPlan.resources.map((resource) => ({
      ...resource,
      attributes: resource.attributes.map((attribute) =>
        attribute.path === "allocated_storage" ? { ...attribute, line: 14 } : attribute,
      ),
    })),
  };
  const { container } = await renderPage(
    <PlaceAddress value={({ file, line }) => `/at/${file}?line=${line}`}>
      <PlanPanel title="a" digest={null} plan={plan} findings={[]} text={null} />
    </PlaceAddress>,
  );
  const [link, ...others] = [...container.querySelectorAll(".plan-row--attribute a")];
  expect(link?.textContent).toBe(":14");
  expect(link?.getAttribute("aria-label")).toBe("main.tf:14");
  expect(link?.getAttribute("href")).toBe("/at/components/database/main.tf?line=14");
  expect(others).toEqual([]);
});

test("folds a resource and opens all again", async () => {
  await renderPage(panel);
  expect(screen.queryByText("records")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Expand all" }));
  expect(screen.getByText("records")).toBeTruthy();
  const row = screen.getByRole("button", { name: /aws_db_instance\.reporting create/ });
  fireEvent.click(row);
  expect(row.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByText("storage_encrypted")).toBeNull();
});

test("the text view shows the engine's text; an empty plan says so", async () => {
  const first = await renderPage(panel);
  fireEvent.click(screen.getByRole("button", { name: "Text" }));
  expect(screen.getByText("the text")).toBeTruthy();
  first.unmount();
  await renderPage(<PlanPanel title="a" digest={null} plan={emptyPlan} findings={[]} text={null} />);
  expect(screen.getByText("No changes")).toBeTruthy();
});
