import { act, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { pullRequest } from "../../testing/fixtures/pull-requests.ts";
import { renderPage } from "../../testing/render.tsx";
import { BelowPlans } from "./below-plans.tsx";

test("what is said and what happened is asked for once somebody looks that far", async () => {
  const asked: string[] = [];
  const look: (() => void)[] = [];
  vi.stubGlobal("fetch", async (url: string | URL | Request) => {
    asked.push(url instanceof Request ? url.url : String(url));
    return Response.json({ items: [] });
  });
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        look.push(() => seen([{ isIntersecting: true }]));
      }
      observe() {}
      disconnect() {}
    },
  );
  await renderPage(<BelowPlans pullRequest={pullRequest} />);
  expect(asked).toEqual([]);
  act(() => look.forEach((seen) => seen()));
  expect(await screen.findByRole("heading", { name: "Timeline" })).toBeTruthy();
  expect(asked.filter((url) => /timeline|comments/.test(url))).toHaveLength(2);
  vi.unstubAllGlobals();
});
