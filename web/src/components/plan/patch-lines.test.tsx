import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { encryptionFinding } from "../../testing/fixtures/plans.ts";
import { renderPage } from "../../testing/render.tsx";
import { FindingCard } from "./finding-card.tsx";

test("it is told who else has seen the same", async () => {
  await renderPage(<FindingCard finding={{ ...encryptionFinding, seenBy: ["plumbline", "checkov", "trivy"] }} />);
  expect(screen.getByText(/seen by plumbline, checkov, trivy/)).toBeTruthy();
});

test("a finding shows what mends it, the old lines before the new ones", async () => {
  const patch = {
    file: "components/database/main.tf",
    startLine: 7,
    endLine: 7,
    before: ["  storage_encrypted = false"],
    lines: ["  storage_encrypted = true"],
  };
  await renderPage(<FindingCard finding={{ ...encryptionFinding, patch }} />);
  const shown = screen.getByRole("figure", { name: "Suggested change of components/database/main.tf, line 7" });
  expect(shown.textContent).toContain("-  storage_encrypted = false+  storage_encrypted = true");
});

test("what was judged after the apply says so", async () => {
  await renderPage(<FindingCard finding={{ ...encryptionFinding, outcome: "unknown" }} />);
  expect(screen.getByText("Unknown, will be judged after apply.")).toBeTruthy();
  await renderPage(<FindingCard finding={{ ...encryptionFinding, outcome: "unknown", applied: "failed" }} />);
  expect(screen.getByText("Judged after apply: it fails.")).toBeTruthy();
});
