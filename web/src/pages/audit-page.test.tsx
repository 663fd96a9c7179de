import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { auditCounts, auditEvents } from "../testing/fixtures/audit.ts";
import { renderPage } from "../testing/render.tsx";
import { AuditPage } from "./audit-page.tsx";

test("who is led to an entry that stands further down sees it beside the newest ones", async () => {
  const led = auditEvents.at(-1);
  vi.stubGlobal("fetch", async (asked: string | URL | Request) => {
    const url = asked instanceof Request ? asked.url : String(asked);
    if (url.includes("/counts")) return Response.json(auditCounts);
    if (url.endsWith(`/audit-events/${led?.sequence}`)) return Response.json(led);
    return Response.json({ items: auditEvents.slice(0, 2), cursor: "2" });
  });
  await renderPage(<AuditPage />, `/audit?entry=${led?.sequence}`);
  await screen.findByText(`Entry ${led?.sequence.toLocaleString("en")}`);
  expect(screen.getByText(led?.leafHash ?? "")).toBeTruthy();
  vi.unstubAllGlobals();
});
