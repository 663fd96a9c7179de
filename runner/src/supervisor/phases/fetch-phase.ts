import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cliConfig } from "@plumbline/engine/terraform/cli-config";
import { patience, phase } from "./phase.ts";
import type { RunContext } from "../run-context.ts";
import { stepPlaces } from "../steps/step-places.ts";
import { type Unpacked, unpackTree } from "../tree/tree.ts";

/** Gets the archive from the server, unpacks it twice (to be read, to be worked in), writes the generated files. */
export function fetchPhase(context: RunContext): Promise<Unpacked> {
  return phase(context, "fetch", async () => {
    const { config, run, link } = context;
    const archive = await link.demand({ method: "GET", path: "/input" }, patience(context, "fetch"));
    const unpacked = unpackTree({
      archive: archive.body,
      entries: config.job.input.entries,
      directory: config.job.directory,
      targets: [run.pristine, run.copy],
      largestTree: config.largestTree,
    });
    const { mirrors } = stepPlaces(config, run, "init");
    writeFileSync(run.cliConfig, cliConfig({ mirrors, direct: config.direct }), { mode: 0o644 });
    const etc: Record<string, string> = {
      passwd: "plumbline:x:1000:1000::/tmp:/bin/sh\n",
      group: "plumbline:x:1000:\n",
      hosts: "127.0.0.1 localhost\n",
    };
    for (const [name, content] of Object.entries(etc)) writeFileSync(join(run.etc, name), content, { mode: 0o644 });
    const count = config.job.input.entries.length;
    return { line: `${count} ${count === 1 ? "file" : "files"}`, value: unpacked };
  });
}
