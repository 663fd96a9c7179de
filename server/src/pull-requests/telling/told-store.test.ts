import { expect, test } from "vitest";
import { runsFixture } from "../../runs/testing/runs-fixture.ts";
import { scenario } from "../../runs/testing/scenario.ts";
import { markTold, wasTold } from "./told-store.ts";

const fixture = await runsFixture();
const { plan } = scenario(fixture);

test("news are told once, also where they are about hundreds of runs", async () => {
  const { pullRequestId } = (await plan({ name: "network/dev" })).pull;
  const held = (count: number) =>
    `held/${Array.from({ length: count }, (_, run) => `${run}/${"d".repeat(64)}`).join(",")}`;
  await fixture.database.db.transaction(fixture.organizationId, async (tx) => {
    expect(await wasTold(tx, pullRequestId, held(1))).toBe(false);
    for (const count of [1, 40, 41]) {
      expect(await wasTold(tx, pullRequestId, held(count))).toBe(false);
      await markTold(tx, pullRequestId, held(count));
      expect(await wasTold(tx, pullRequestId, held(count))).toBe(true);
    }
  });
});
