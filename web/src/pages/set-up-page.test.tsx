import { fireEvent, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPage } from "../testing/render.tsx";
import { SetUpPage } from "./set-up-page.tsx";

const rootKey = { file: "/var/lib/plumbline/root key", keyId: "0123456789abcdef0123456789abcdef" };
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

test("the secret opens the form; it is sent only when everything is filled in and the key's copy is confirmed", async () => {
  const sent: [string, unknown][] = [];
  vi.stubGlobal("fetch", async (url: string, init: { body: string }) => {
    const body: unknown = JSON.parse(init.body);
    sent.push([url, body]);
    if (url === "/api/v1/set-up/secret" && JSON.stringify(body).includes("wrong"))
      return json(401, { code: "set_up_refused", title: "The set-up secret is wrong", detail: "No.", next: "Look." });
    return json(200, url === "/api/v1/set-up/secret" ? { rootKey } : { name: "jane" });
  });
  const page = await renderPage(<SetUpPage />, "/setup");
  const type = (label: string, value: string) =>
    fireEvent.change(page.getByLabelText(label, { selector: "input" }), { target: { value } });

  type("Set-up secret", "wrong");
  fireEvent.click(page.getByRole("button", { name: "Go on" }));
  await waitFor(() => page.getByText("The set-up secret is wrong"));
  type("Set-up secret", "1a2b");
  fireEvent.click(page.getByRole("button", { name: "Go on" }));
  await waitFor(() => page.getByText(rootKey.keyId));
  page.getByText("sudo base64 '/var/lib/plumbline/root key'");

  type("Name", "Acme Inc.");
  page.getByText("Small letters, digits and dashes. Example: acme");
  type("Name", "acme");
  type("Signs in as", "jane");
  type("Shown as", "Jane");
  type("E-mail", "jane@acme.example");
  type("Password", "long enough");
  const button = page.getByRole("button", { name: "Set up and sign in" });
  page.getByText("Keep a copy of the root key, then confirm it.");
  fireEvent.submit(button.closest("form") ?? button);
  expect(sent).toHaveLength(2);
  fireEvent.click(page.getByRole("checkbox"));
  fireEvent.submit(button.closest("form") ?? button);
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[2]).toEqual([
    "/api/v1/set-up",
    {
      secret: "1a2b",
      organization: "acme",
      administrator: { name: "jane", displayName: "Jane", email: "jane@acme.example", password: "long enough" },
      rootKeyKept: true,
    },
  ]);
  vi.unstubAllGlobals();
});
