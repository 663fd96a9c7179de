import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { replay } from "../../testing/fixtures/waivers.ts";
import { renderPage } from "../../testing/render.tsx";
import { ReplayPanel } from "./replay-panel.tsx";

afterEach(() => vi.unstubAllGlobals());

test("what policies would do is told by owner and finding", async () => {
  vi.stubGlobal("fetch", async () => Response.json(replay));
  await renderPage(<ReplayPanel number={128} />);
  expect(await screen.findByText("would block")).toBeTruthy();
  expect(screen.getByText(/would be reported until/)).toBeTruthy();
  expect(screen.getByText("12 newest plans judged: 2 changes")).toBeTruthy();
  expect(screen.getAllByText("katharina").length).toBeGreaterThan(0);
});
