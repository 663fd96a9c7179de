import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { LateMenu } from "./late-menu.tsx";

test("the first press opens the menu, and what is chosen is done", async () => {
  const onChoose = vi.fn<() => void>();
  await renderPage(
    <LateMenu
      width={200}
      position="bottom-start"
      target={<button type="button">Themes</button>}
      entries={[
        { kind: "label", text: "Theme" },
        { kind: "item", text: "Light", current: true, marked: true, onChoose },
        { kind: "divider" },
        { kind: "item", text: "Documentation", href: "/docs" },
      ]}
    />,
  );
  expect(screen.queryByRole("menu")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Themes" }));
  const item = await screen.findByRole("menuitem", { name: /Light/ });
  expect(screen.getByRole("menuitem", { name: "Documentation" }).getAttribute("href")).toBe("/docs");
  fireEvent.keyDown(item, { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Themes" })));
  fireEvent.click(screen.getByRole("button", { name: "Themes" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: /Light/ }));
  expect(onChoose).toHaveBeenCalledOnce();
});
