import { join } from "node:path";
import { installFakeEngine } from "@plumbline/engine/fake/install";
import type { FakeScenario } from "@plumbline/engine/fake/scenario";
import { findProgram } from "../sandbox/find-program.ts";
import { removeFolder, startRunner, temporaryFolder, type TestRunner, until } from "./test-runner.ts";
import { startTestServer, type TestRun, type TestServer } from "./test-server.ts";

/** A server and a runner that tests give runs to. */
export interface RunFixture {
  server: TestServer;
  folder: string;
  runner: TestRunner;
  /** Queues a run and waits until the server has its end. */
  finish(run: TestRun): Promise<void>;
  /** Starts a runner again on the same folder, after the one before was killed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether the real terraform can be found where system programs stand. */
export const terraform = findProgram("terraform");

/** Starts both; the engine is a fake one that plays `scenario`, or terraform. */
export async function startFixture(
  engine: FakeScenario | "terraform",
  more: Record<string, unknown> = {},
): Promise<RunFixture> {
  const folder = temporaryFolder();
  const path = engine === "terraform" ? (terraform ?? "") : join(folder, "terraform");
  if (engine !== "terraform") installFakeEngine(path, engine);
  const server = await startTestServer();
  const config = { server: server.url, engines: [{ name: "terraform", path }], graceSeconds: 1, ...more };
  const fixture: RunFixture = {
    server,
    folder,
    runner: startRunner(folder, config),
    async finish(run) {
      server.add(run);
      await until(
        () => run.finish !== undefined,
        () => `${fixture.runner.log()}\n${textOf(run)}`,
        40,
      );
    },
    async restart() {
      fixture.runner = startRunner(folder, config);
      await fixture.runner.ready;
    },
    async stop() {
      fixture.runner.process.kill("SIGTERM");
      await fixture.runner.ended;
      await server.stop();
      removeFolder(folder);
    },
  };
  await fixture.runner.ready;
  return fixture;
}

/** Everything a run said, as text: log lines, messages of the engine, lines of phases. */
export function textOf(run: TestRun): string {
  return [...run.events.values()]
    .toSorted((left, right) => left.sequence - right.sequence)
    .flatMap((event) => {
      if (event.type === "log") return event.lines;
      if (event.type === "engine") return [JSON.stringify(event.event)];
      return [event.type === "phase_finished" ? `${event.phase} ${event.outcome}: ${event.line}` : `${event.phase} …`];
    })
    .join("\n");
}
