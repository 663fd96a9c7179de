import { act, cleanup, render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ReadingStates } from "./reading-states.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("who waits long is told for what, and that it goes on; who does not sees nothing flicker", () => {
  vi.useFakeTimers();
  const { container } = render(<ReadingStates />);
  act(() => void vi.advanceTimersByTime(1_500));
  expect(container.textContent).toBe("");
  act(() => void vi.advanceTimersByTime(1_500));
  expect(container.textContent).toContain("for 3 seconds now");
  act(() => void vi.advanceTimersByTime(4_000));
  expect(container.textContent).toContain("for 7 seconds now");
});
