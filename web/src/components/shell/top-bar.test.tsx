import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { placesOf } from "./places.ts";
import { TopBar } from "./top-bar.tsx";

const nothing = () => undefined;

test("what stands alone on a phone says what it is", () => {
  expect(placesOf("/pull-requests/128").at(-1)).toEqual({ label: "#128", alone: "Pull request 128" });
  expect(placesOf("/runs/1893").at(-1)?.alone).toBe("Run 1893");
  expect(placesOf("/workspaces/database/prod").at(-1)?.alone).toBe("database/prod");
});

test("from one thing a phone goes back to its list, from a list home", async () => {
  const bar = (pathname: string) => (
    <TopBar
      pathname={pathname}
      organization="acme"
      repository="shop"
      me={undefined}
      onSearch={nothing}
      onKeys={nothing}
    />
  );
  const { unmount } = await renderPage(bar("/pull-requests/128"));
  expect(screen.getByRole("link", { name: "Back to Pull requests" }).getAttribute("href")).toBe("/pull-requests");
  unmount();
  await renderPage(bar("/pull-requests"));
  expect(screen.getByRole("link", { name: "Overview" }).getAttribute("href")).toBe("/");
});
