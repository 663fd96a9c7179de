import { fireEvent, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { renderPage } from "../testing/render.tsx";
import { VariableDialog } from "./variable-dialog.tsx";

const shop = {
  name: "shop",
  environments: [{ name: "dev" }, { name: "prod" }],
  components: [
    { name: "network", environments: ["dev", "prod"] },
    { name: "sandbox", environments: ["dev"] },
  ],
};

test("a variable is for a component that exists in its environment, or for all of them", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ items: [shop] })));
  const page = await renderPage(<VariableDialog repository="shop" onClose={() => undefined} />);
  const field = (name: string) => page.getByRole("combobox", { name });
  const options = () =>
    page
      .queryAllByRole("option", { hidden: true })
      .map(({ textContent }) => textContent)
      .filter((name) => !["dev", "prod"].includes(name));
  const choose = async (label: string, name: string) => {
    fireEvent.click(field(label));
    fireEvent.click(await waitFor(() => page.getByRole("option", { name, hidden: true })));
  };
  await waitFor(() => expect(options()).toEqual(["common", "network", "sandbox"]));
  await choose("Environment", "dev");
  await choose("Component", "sandbox");
  expect(field("Component")).toHaveProperty("value", "sandbox");
  await choose("Environment", "prod");
  expect(options()).toEqual(["common", "network"]);
  expect(field("Component")).toHaveProperty("value", "common");
});
