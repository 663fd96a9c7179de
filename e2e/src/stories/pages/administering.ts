import { whoAmI } from "@plumbline/contract";
import { atBrowser } from "../../world/browser.ts";
import { contains, holds } from "../story.ts";
import type { Story } from "../story.ts";
import { handsOn } from "./forms.ts";

const guest = { name: "guest", password: "a guest's long password" };

/** People, tokens, runners and secrets, as an administrator handles them in the pages. */
export const administering: Story["steps"] = [
  {
    title: "the administrator adds a person, changes the roles, and shuts the person out, whose open page ends",
    async run(demo) {
      const platform = await atBrowser(demo.world.url, demo.people.platform);
      const { press, fill, choose, confirm, see, dialog } = handsOn(platform.page);
      try {
        await platform.open("/people");
        await press("Add a person");
        await fill("Name", guest.name);
        await fill("Shown as", "Gerda Gast");
        await fill("Password", guest.password);
        await choose("Role 1", "proposer");
        await fill("Environments of role 1", "dev");
        await confirm("Add the person");
        await see("proposer of dev");

        const gerda = await atBrowser(demo.world.url, guest);
        try {
          await gerda.open("/pull-requests");
          await gerda.page.locator("button:not([aria-disabled])", { hasText: "Promote" }).waitFor();
          await press(guest.name);
          await choose("Role 1", "reader");
          await confirm("Save");
          await see("reader of dev");
          await gerda.page.locator("button[aria-disabled=true]", { hasText: "Promote" }).waitFor();
          await press(guest.name);
          await dialog.getByLabel("May not sign in").check();
          await confirm("Save");
          await see("may not sign in");
          await gerda.page.waitForURL(/\/login/);
        } finally {
          await gerda.close();
        }
      } finally {
        await platform.close();
      }
    },
  },
  {
    title: "an API token is shown once, works, and is refused once it is revoked",
    async run(demo) {
      const platform = await atBrowser(demo.world.url, demo.people.platform);
      const { press, fill, confirm, see, dialog } = handsOn(platform.page);
      try {
        await platform.open("/people");
        await press("New API token");
        await fill("Name", "laptop");
        await dialog.getByRole("button", { name: "Make the token" }).click();
        const token = (await dialog.getByText(/^plt_/).textContent()) ?? "";
        await confirm("I have kept it");
        holds(!(await platform.page.content()).includes(token), "the token is shown once");
        const byToken = demo.world.as({ token });
        holds((await byToken.call(whoAmI, {})).via === "token", "the token works");
        await press("Revoke laptop");
        await confirm("Revoke the token");
        await see("revoked");
        holds((await byToken.refused(whoAmI, {})).status === 401, "the revoked token is refused");
      } finally {
        await platform.close();
      }
    },
  },
  {
    title: "a runner is registered with a token shown once, and revoked; a credential's values are never shown",
    async run(demo) {
      const platform = await atBrowser(demo.world.url, demo.people.platform);
      const { press, fill, confirm, see, dialog } = handsOn(platform.page);
      try {
        await platform.open("/runners");
        await press("Register a runner");
        await fill("Name", "spare");
        await dialog.getByRole("button", { name: "Register", exact: true }).click();
        contains((await dialog.getByText(/^plr_/).textContent()) ?? "", "plr_");
        await confirm("I have kept it");
        await see("Never started");
        await press("Revoke spare");
        await confirm("Revoke the runner");
        await see("revoked");

        await platform.open("/settings");
        await press("Set a credential");
        await fill("Name", "spare");
        await fill("Variables", "SPARE_TOKEN=kept from everybody");
        await confirm("Set the credential");
        await see("SPARE_TOKEN");
        holds(!(await platform.page.content()).includes("kept from everybody"), "the value is not shown");
      } finally {
        await platform.close();
      }
    },
  },
];
