import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Shapes } from "./shapes.tsx";

afterEach(() => {
  vi.useRealTimers();
});

test.each([false, true])("shapes come after 200 ms, those of a page (%s) with its panels", (page) => {
  vi.useFakeTimers();
  const { container, unmount } = render(<Shapes label="Run 7" page={page} />);
  expect(screen.getByRole("status", { name: "Run 7 is loading" }).childElementCount).toBe(0);
  act(() => void vi.advanceTimersByTime(200));
  expect(container.querySelectorAll(".panel")).toHaveLength(page ? 3 : 0);
  expect(container.querySelectorAll(".shapes__bar").length).toBeGreaterThan(2);
  unmount();
});
