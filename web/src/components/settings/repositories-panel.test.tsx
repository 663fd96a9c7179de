import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { RepositoriesPanel } from "./repositories-panel.tsx";

const shop = {
  name: "shop-infrastructure",
  gitUrl: "https://plumbline.example/git/acme/shop-infrastructure.git",
  headCommit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
  createdAt: "2026-11-01T08:00:00Z",
  layers: [],
  components: [{}, {}],
  environments: [{}],
  problems: [],
};

afterEach(() => vi.unstubAllGlobals());

test("another repository is created beside the first one, by a name that Git can have", async () => {
  const bodies: unknown[] = [];
  vi.stubGlobal("fetch", async (_url: string, init?: RequestInit) => {
    if (init?.method !== "POST") return Response.json({ items: [shop] });
    bodies.push(typeof init.body === "string" ? JSON.parse(init.body) : init.body);
    return Response.json({ ...shop, name: "backbone", headCommit: null });
  });
  await renderPage(<RepositoriesPanel reason={null} />);
  expect(await screen.findByText(shop.gitUrl)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Create a repository" }));
  const name = await screen.findByLabelText("Name");
  const create = screen.getByRole("button", { name: "Create the repository" });
  fireEvent.change(name, { target: { value: "Back Bone" } });
  expect(screen.getByText(/Small letters, digits/)).toBeTruthy();
  fireEvent.click(create);
  expect(bodies).toEqual([]);
  fireEvent.change(name, { target: { value: "backbone" } });
  fireEvent.click(create);
  await vi.waitFor(() => expect(bodies).toEqual([{ name: "backbone" }]));
});

test("who may not create one is told who may", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ items: [] }));
  await renderPage(<RepositoriesPanel reason="Only an administrator does this." />);
  expect(await screen.findByText("No repository yet")).toBeTruthy();
  expect(screen.getByRole("button", { name: /Create a repository/ }).getAttribute("aria-disabled")).toBe("true");
});
