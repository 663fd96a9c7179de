import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Empty } from "./empty.tsx";

test("its heading follows the page's own: no level is left out", () => {
  render(<Empty title="No drift">Nothing differs.</Empty>);
  expect(screen.getByRole("heading", { level: 2, name: "No drift" })).toBeTruthy();
});
