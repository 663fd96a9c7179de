import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { AnswerOf } from "../../api/endpoints.ts";
import { ReadingStates } from "./reading-states.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Shows it to somebody to whom the server says this; tells what stands there some milliseconds later. */
function waiting(progress: () => AnswerOf<"getControlProgress">["progress"]) {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async () => Response.json({ progress: progress() }));
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <ReadingStates />
    </QueryClientProvider>,
  );
  return async (milliseconds: number) => {
    await act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)));
    return container.textContent;
  };
}

test("who waits long is told for what, and that it goes on; who does not sees nothing flicker", async () => {
  const after = waiting(() => null);
  expect(await after(1_500)).toBe("");
  expect(await after(1_500)).toContain("for 3 seconds now. What was read");
  expect(await after(4_000)).toContain("for 7 seconds now");
});

test("how far it is goes on with each second", async () => {
  const steps = [
    { step: "reading", done: 12, environments: 41 },
    { step: "judging", done: 1, environments: 40 },
  ] as const;
  let at = 0;
  const after = waiting(() => steps[at] ?? null);
  await after(2_100);
  expect(await after(300)).toContain(
    "Reading the newest state of each workspace, for 2 seconds now: 12 of 41 environments.",
  );
  at = 1;
  await after(1_000);
  expect(await after(1_000)).toBe("Judging, for 4 seconds now: 1 of 40 environments.");
});
