import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownerOf } from "./owner.ts";
import { planFindings, planViews } from "./plan-views.ts";
import { sealStates } from "./seal-states.ts";
import { sizes } from "./sized-repositories.ts";

const files = join(import.meta.dirname, "seed");

/**
 * Fills the database of a running server whose repositories are declared: people, pull requests, runs, states, findings,
 * drift, and an audit log whose leaf hashes are right. About half a minute.
 */
export async function seedDatabase(dataDir: string, say: (text: string) => void): Promise<void> {
  const client = await ownerOf(dataDir);
  try {
    const settings = {
      runs: String(sizes.runs),
      entries: String(sizes.auditEntries),
      pull_requests: String(sizes.pullRequests),
      views: JSON.stringify(planViews()),
      findings: JSON.stringify(planFindings()),
    };
    for (const [name, value] of Object.entries(settings))
      await client.query("select set_config($1, $2, false)", [`bench.${name}`, value]);
    for (const file of readdirSync(files).toSorted()) {
      const started = performance.now();
      await client.query(readFileSync(join(files, file), "utf8"));
      say(`${file}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    const started = performance.now();
    await sealStates(client, dataDir);
    say(`states: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    await client.query("vacuum (analyze, parallel 0)");
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}
