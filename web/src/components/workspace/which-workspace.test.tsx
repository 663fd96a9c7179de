import { waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { workspaces } from "../../testing/fixtures/workspaces.ts";
import { renderPage } from "../../testing/render.tsx";
import { WhichWorkspace } from "./which-workspace.tsx";

test("a name that several repositories use leads to the one of each", async () => {
  const [one] = workspaces;
  const items = [
    { ...one, name: "main/dev", repository: "shop" },
    { ...one, name: "main/dev", repository: "shop-tools" },
    { ...one, name: "main/dev-2", repository: "shop" },
  ];
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ items, cursor: null, total: 3, inSync: 0 })));
  const page = await renderPage(<WhichWorkspace name="main/dev" />);
  await waitFor(() => page.getByText("shop-tools:main/dev"));
  const links = page.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(links).toEqual(["/workspaces/shop:main/dev", "/workspaces/shop-tools:main/dev"]);
  vi.unstubAllGlobals();
});
