import { fireEvent, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderPage } from "../../testing/render.tsx";
import { Button } from "../buttons/button.tsx";
import { Dialog } from "./dialog.tsx";

function Opener() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open it</Button>
      {open && (
        <Dialog title="A question" onClose={() => setOpen(false)}>
          <Button onClick={() => setOpen(false)}>Keep it</Button>
        </Dialog>
      )}
    </>
  );
}

test("when a dialog closes, the focus is where it came from", async () => {
  const page = await renderPage(<Opener />);
  const opener = page.getByRole("button", { name: "Open it" });
  opener.focus();
  fireEvent.click(opener);
  const inside = await page.findByRole("button", { name: "Keep it" });
  inside.focus();
  fireEvent.click(inside);
  await waitFor(() => expect(document.activeElement).toBe(opener));
});
