import { startWorld } from "../../e2e/src/world/world.ts";
import type { Figure, Measured } from "../figure.ts";
import { ownerOf } from "./owner.ts";
import type { SizedFolder } from "./sized-folder.ts";
import { administrator, serverConfiguration } from "./sized-world.ts";

const queued = 100;
const rounds = 3;

/** How long a server of that size is away when it starts again while runs are queued. */
export function restartFigure(folder: SizedFolder): Figure {
  return {
    id: "restart",
    title: `restart to ready at that size with ${queued} queued runs`,
    unit: "s",
    target: 5,
    better: "lower",
    measure: (say) => measureRestarts(folder, say),
  };
}

async function measureRestarts(folder: SizedFolder, say: (text: string) => void): Promise<Measured> {
  const path = await folder.path(say);
  await folder.withWorld(say, async ({ dataDir }) => {
    const client = await ownerOf(dataDir);
    try {
      await client.query(
        `update runs set status = 'queued', finished_at = null where run_id in (
          select run_id from runs join pull_requests using (organization_id, pull_request_id)
          where kind = 'plan' and pull_requests.status = 'open' order by runs.number desc limit ${queued})`,
      );
    } finally {
      await client.end();
    }
  });
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const world = await startWorld({
      folder: path,
      port: 0,
      organization: "acme",
      administrator,
      server: serverConfiguration,
    });
    times.push((performance.now() - started) / 1000);
    await world.stop();
  }
  return {
    value: Math.max(...times),
    notes: [
      `the longest of ${rounds} starts with their own PostgreSQL until /readyz is answered; ${times.map((seconds) => seconds.toFixed(2)).join(", ")} s`,
    ],
  };
}
