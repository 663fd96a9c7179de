import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { ClientSwitch } from "./client-switch.tsx";

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

const shown = () => screen.queryByRole("button", { name: /Client/ }) !== null;

/** The server answers with a repository of these environments once it is let. */
function answerRepositories(environments: string[]): () => void {
  const asked = Promise.withResolvers<void>();
  vi.stubGlobal("fetch", async () => {
    await asked.promise;
    return Response.json({ items: [{ name: "shop", environments: environments.map((name) => ({ name })) }] });
  });
  return asked.resolve;
}

test("the switch is there at once where it was the last time, and gone where there are no clients any more", async () => {
  const answer = answerRepositories(["globex/prod", "initech/prod"]);
  const first = await renderPage(<ClientSwitch client={undefined} />);
  expect(shown()).toBe(false);
  answer();
  await vi.waitFor(() => expect(shown()).toBe(true));
  first.unmount();

  const answerNone = answerRepositories(["prod"]);
  await renderPage(<ClientSwitch client={undefined} />);
  expect(shown()).toBe(true);
  answerNone();
  await vi.waitFor(() => expect(shown()).toBe(false));
});
