import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { cleanup, render, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { createQueryClient } from "./api/query-client.ts";
import { makeRouter } from "./router.tsx";
import { answers } from "./testing/fixture-answers.ts";
import { pullRequest } from "./testing/fixtures/pull-requests.ts";

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
const asked = { params: {}, query: {}, body: undefined };

/** Opens the pages at an address; `answerWho` lets the server say who looks at them, `answerPage` what a pull request is. */
function open(address: string): { calls: string[]; answerWho: () => void; answerPage: () => void } {
  const calls: string[] = [];
  const who = Promise.withResolvers<void>();
  const page = Promise.withResolvers<void>();
  vi.stubGlobal(
    "EventSource",
    class extends EventTarget {
      close(): void {}
    },
  );
  vi.stubGlobal("fetch", async (url: string) => {
    calls.push(url);
    if (url.startsWith("/api/v1/me")) return who.promise.then(() => json(answers["whoAmI"]?.(asked)));
    if (/\/pull-requests\/\d+$/.test(url)) return page.promise.then(() => json(pullRequest));
    return json(url.startsWith("/api/v1/overview") ? answers["getOverview"]?.(asked) : { items: [], cursor: null });
  });
  const client = createQueryClient(() => undefined);
  const router = makeRouter(client, createMemoryHistory({ initialEntries: [address] }));
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { calls, answerWho: who.resolve, answerPage: page.resolve };
}

const overviews = (calls: readonly string[]) => calls.filter((url) => url.startsWith("/api/v1/overview"));

test("the first page asks for the kept repository at once, without knowing who looks, and for no other one", async () => {
  localStorage.setItem("plumbline-repository", '"platform"');
  const { calls, answerWho } = open("/");
  await waitFor(() => expect(overviews(calls)).toEqual(["/api/v1/overview?repository=platform"]));
  answerWho();
  await waitFor(() => expect(document.querySelector("h1")?.textContent).toContain("in sync"), { timeout: 15_000 });
  expect(overviews(calls)).toEqual(["/api/v1/overview?repository=platform"]);
});

test("a page that is not the overview asks for its own data at once, and for the overview once it has it", async () => {
  const { calls, answerWho, answerPage } = open("/pull-requests/42");
  await waitFor(() => expect(calls).toEqual(["/api/v1/me", "/api/v1/pull-requests/42"]));
  answerWho();
  await waitFor(() => expect(document.querySelector(".side-bar")).toBeTruthy(), { timeout: 15_000 });
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(overviews(calls)).toEqual([]);
  answerPage();
  await waitFor(() => expect(overviews(calls)).toEqual(["/api/v1/overview"]), { timeout: 15_000 });
});

test("a repository that the address names comes before the kept one", async () => {
  localStorage.setItem("plumbline-repository", '"platform"');
  const { calls, answerWho } = open("/?repository=shop");
  answerWho();
  await waitFor(() => expect(document.querySelector("h1")?.textContent).toContain("in sync"), { timeout: 15_000 });
  expect(overviews(calls)).toEqual(["/api/v1/overview?repository=shop"]);
});
