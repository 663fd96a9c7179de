import { screen } from "@testing-library/react";
import { useQuery } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../testing/render.tsx";
import { meQuery } from "./queries/people.ts";
import { useLateRepositories } from "./use-late-repositories.ts";

afterEach(() => vi.unstubAllGlobals());

function Probe() {
  useQuery(meQuery());
  return (
    <ul>
      {useLateRepositories().map(({ name }) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}

test("repositories are asked for once the page has what it asked for", async () => {
  const asked: string[] = [];
  const page = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    return url.includes("/repositories") ? Promise.resolve(Response.json({ items: [{ name: "shop" }] })) : page.promise;
  });
  await renderPage(<Probe />);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(asked.some((url) => url.includes("/repositories"))).toBe(false);
  page.resolve(Response.json({}));
  expect(await screen.findByText("shop")).toBeTruthy();
});
