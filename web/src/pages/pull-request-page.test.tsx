import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { pullRequest } from "../testing/fixtures/pull-requests.ts";
import { renderPage } from "../testing/render.tsx";
import { PullRequestPage } from "./pull-request-page.tsx";

test("the key of a merge that is blocked leads to the button that says why", async () => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("fetch", async (url: string | URL | Request) => {
    const path = new URL(url instanceof Request ? url.url : String(url), "http://here").pathname;
    return Response.json(/pull-requests\/[^/]+$/.test(path) ? pullRequest : { items: [] });
  });
  await renderPage(<PullRequestPage />);
  const merge = await screen.findByRole("button", { name: /^Merge and apply/ });
  fireEvent.keyDown(document.body, { key: "m" });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(merge);
  vi.unstubAllGlobals();
});
