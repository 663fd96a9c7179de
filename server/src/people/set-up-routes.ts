import { getSetUp, openSetUp, setUp } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { registerPublic } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import { giveSession, presentMe } from "./session-routes.ts";
import { enterSetUp, setUpFirstOrganization } from "./set-up-first-organization.ts";
import type { SetUpContext } from "./set-up-first-organization.ts";
import { signIn } from "./sign-in.ts";

/** Routes of the set-up page: for whoever holds the set-up secret, while there is no organization. */
export function setUpRoutes(
  api: Api<Actor>,
  context: SetUpContext,
  options: { secureCookie: boolean; loginsPerMinute: number },
): void {
  const limits = { perMinute: options.loginsPerMinute };
  registerPublic(api, getSetUp, async () => ({ needed: await context.setUp.isNeeded() }));
  registerPublic(
    api,
    openSetUp,
    async ({ body, request }) => {
      await enterSetUp(context, body.secret, request.ip);
      return { rootKey: context.rootKey };
    },
    limits,
  );
  registerPublic(
    api,
    setUp,
    async ({ body, request, reply }) => {
      const { organization, administrator } = body;
      await setUpFirstOrganization(context, { ...body, address: request.ip });
      const { name, password } = administrator;
      const session = await signIn(context, { organization, name, password });
      giveSession(reply, session, options.secureCookie);
      return presentMe(session.actor);
    },
    limits,
  );
}
