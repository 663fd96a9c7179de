import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { runsSeenBy } from "./run-seen-by.ts";
import { runsFixture } from "./testing/runs-fixture.ts";
import { scenario } from "./testing/scenario.ts";

const fixture = await runsFixture();
const { context, organizationId, personId } = fixture;
const { plan, run } = scenario(fixture);
const reader: Actor = {
  kind: "person",
  organizationId,
  organization: "acme",
  id: personId,
  name: "reader",
  displayName: "Reader",
  email: null,
  roles: [{ role: "reader", environments: "dev" }],
  scopes: null,
  via: "session",
};

test("of several runs those are seen whose environments somebody may read", async () => {
  const { runs } = await plan({ name: "network/dev" }, { name: "network/prod" });
  const dev = (await run(runs.get("network/dev") ?? "")).number;
  const prod = (await run(runs.get("network/prod") ?? "")).number;
  const seenBy = (actor: Actor, numbers: number[]) =>
    context.db.transaction(organizationId, (tx) => runsSeenBy(tx, actor, numbers));
  expect(await seenBy(reader, [dev, prod, 9_999])).toEqual(new Set([dev]));
  expect(await seenBy({ ...reader, roles: [{ role: "reader", environments: "*" }] }, [prod, dev])).toEqual(
    new Set([dev, prod]),
  );
  expect(await seenBy({ ...reader, scopes: [] }, [dev])).toEqual(new Set());
});
