import { expect, test } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { Failure } from "./failure.tsx";

test("a failure says what to do, and leads to its code in the documentation", async () => {
  const problem = {
    code: "merge_refused",
    title: "T",
    detail: "D",
    next: "The gate lists it",
    requestId: "r-1",
  } as const;
  const page = await renderPage(<Failure problem={problem} />);
  page.getByText("The gate lists it");
  expect(page.getByRole("link").getAttribute("href")).toBe("/docs/troubleshooting#merge_refused");
});
