import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Problem } from "@plumbline/contract";
import { check } from "./check.ts";
import { startDemo } from "./demo.ts";
import type { Demo } from "./demo.ts";
import { assertFree } from "./ports.ts";
import { repositoryName } from "./seed.ts";
import { demoPeople } from "../world/people.ts";

const help = `Starts Plumbline with everything it needs and an example to try it on.

Usage: ./script/demo [--check] [--json] [--port N] [--lab-port N] [--reset] [--folder DIR]

  --check       perform the whole story (a bad change is stopped, a good one goes through, drift is found and undone, …),
                print a line per step, and end with 0 only if all of it holds
  --json        print one line of JSON with addresses and logins as soon as it is ready
  --port N      port of the server (default 8300)
  --lab-port N  port of the lab cloud (default 8390)
  --reset       forget what is there and start anew
  --folder DIR  where everything is kept (default .plumbline/demo in the checkout)

Ctrl-C stops everything; started again it goes on where it was.
`;

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    port: { type: "string" },
    "lab-port": { type: "string" },
    reset: { type: "boolean", default: false },
    folder: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const say = (text: string) => void process.stderr.write(`plumbline: ${text}\n`);

function summary(demo: Demo) {
  return {
    url: demo.world.url,
    gitUrl: demo.world.gitUrl(repositoryName),
    labUrl: demo.lab.consoleUrl,
    people: Object.values(demo.people).map(({ name, roles, password, token }) => ({ name, roles, password, token })),
  };
}

function welcome(demo: Demo): string {
  const { url, gitUrl, labUrl, people } = summary(demo);
  const dev = people.find(({ name }) => name === "dev");
  const clone = gitUrl.replace("://", `://dev:${dev?.token}@`);
  return `
Plumbline is ready: ${url}
The lab cloud's console, where drift is caused: ${labUrl}
The documentation: ${url}/docs

  name      password            
${people.map(({ name, password }) => `  ${name.padEnd(9)} ${password.padEnd(18)}  ${demoPeople.find((person) => person.name === name)?.is ?? ""}`).join("\n")}

Try it:
  git clone ${clone}
  cd ${repositoryName}    # edit environments/dev/shop.tfvars, commit
  git push origin HEAD:refs/for/main      # opens a pull request and prints its address
Then sign in as owner, read the plan, approve and merge. Open a port in the lab's console and watch the overview.
Ctrl-C stops everything; ./script/demo goes on where it was, --reset starts anew.
`;
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const folder = resolve(
    values.folder ?? join(import.meta.dirname, "../../../.plumbline", values.check ? "check" : "demo"),
  );
  if (values.reset || values.check) rmSync(folder, { recursive: true, force: true });
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  const { signal } = stopping;
  if (values.check) return check({ folder, json: values.json, signal, say });
  const [port, labPort] = [Number(values.port ?? 8300), Number(values["lab-port"] ?? 8390)];
  await assertFree(port, "--port");
  await assertFree(labPort, "--lab-port");
  const demo = await startDemo({
    folder,
    port,
    labPort,
    signal,
    say,
  });
  process.stdout.write(values.json ? `${JSON.stringify(summary(demo))}\n` : welcome(demo));
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  say("stopping");
  await demo.stop();
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  if (error instanceof Problem) say(error.next);
  process.exitCode = 1;
}
