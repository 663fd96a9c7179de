import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { driftCases } from "../../testing/fixtures/drift.ts";
import { me } from "../../testing/fixtures/people.ts";
import { runs } from "../../testing/fixtures/runs.ts";
import { renderPage } from "../../testing/render.tsx";
import { Palette } from "./palette.tsx";

test("what the server finds late is what Enter takes, and the server is asked for the words of its kind only", async () => {
  const run = runs[2];
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: string | URL | Request) => {
    const url = request instanceof Request ? request.url : String(request);
    asked.push(decodeURIComponent(url));
    if (url.includes("/runs?")) return Response.json({ items: url.includes(`search=${run?.number}`) ? [run] : [] });
    return Response.json({ items: url.includes("/drift-cases") ? driftCases : [], cursor: null });
  });
  await renderPage(<Palette me={me} onClose={() => undefined} />);
  const field = await screen.findByLabelText("Search or run a command");
  await screen.findByText(/^Case 57/);
  expect(asked.some((url) => url.includes("/runs?") && url.includes("kind=apply"))).toBe(true);
  asked.length = 0;
  fireEvent.change(field, { target: { value: `run ${run?.number}` } });
  const label = await screen.findByText(`Run ${run?.number} of ${run?.workspace}`);
  await waitFor(() => expect(label.closest("[data-action]")?.hasAttribute("data-selected")).toBe(true));
  expect(asked.filter((url) => url.includes("search="))).toEqual(
    expect.arrayContaining([expect.stringContaining(`search=${run?.number}&`)]),
  );
  expect(asked.some((url) => url.includes("/drift-cases") || url.includes("/pull-requests"))).toBe(false);
  vi.unstubAllGlobals();
});
