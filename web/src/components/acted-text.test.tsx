import { expect, test } from "vitest";
import { renderPage } from "../testing/render.tsx";
import { ActedText } from "./acted-text.tsx";

test.each([
  ["owner", "owner merged #127 into main", "owner"],
  ["plumbline", "Run 1893 applies database/test", "Run 1893"],
  ["plumbline", "case 57 opened, 4 s after the last clean check", "Case 57"],
])("who or what %s's sentence begins with stands in bold", async (actor, text, bold) => {
  const { container } = await renderPage(<ActedText actor={actor} text={text} />);
  expect(container.querySelector("b")?.textContent).toBe(bold);
  expect(container.textContent?.toLowerCase()).toContain(text.toLowerCase());
});
