import { createChannel } from "@plumbline/contract";
import { allStories } from "../stories/all.ts";
import type { Sinks } from "../stories/all.ts";
import { mailSink, webhookSink } from "@plumbline/server/testing/sinks";
import { startDemo } from "./demo.ts";
import type { Demo } from "./demo.ts";

/** A demo whose notifications are heard. */
export async function startHeardDemo(options: {
  folder: string;
  signal?: AbortSignal;
  say: (text: string) => void;
}): Promise<{ demo: Demo; sinks: Sinks; stop: () => Promise<void> }> {
  const sinks = { hooks: await webhookSink(), mails: await mailSink() };
  const mail = { smtpUrl: `smtp://127.0.0.1:${sinks.mails.port}?ignoreTLS=true`, from: "plumbline@acme.example" };
  const demo = await startDemo({
    ...options,
    port: 0,
    labPort: 0,
    server: { mail, limits: { loginsPerMinute: 1_000 } },
  }).catch(async (error: unknown) => {
    // A sink that still listens would keep the process alive.
    await Promise.all([sinks.hooks.stop(), sinks.mails.stop()]);
    throw error;
  });
  const platform = demo.as("platform");
  const hook = `http://127.0.0.1:${sinks.hooks.port}`;
  const events = ["drift_opened", "drift_closed", "approval_wanted", "applied", "held", "failed"] as const;
  await platform.call(createChannel, {
    body: { name: "hook", kind: "webhook", target: `${hook}/hook`, events: [...events] },
  });
  await platform.call(createChannel, {
    body: { name: "chat", kind: "slack", target: `${hook}/slack`, events: [...events] },
  });
  await platform.call(createChannel, { body: { name: "mail", kind: "email", target: "people", events: [...events] } });
  return {
    demo,
    sinks,
    async stop() {
      await demo.stop();
      await sinks.hooks.stop();
      await sinks.mails.stop();
    },
  };
}

/** Performs every story, prints a line per step, and answers the exit code: 0 only if all of them hold. */
export async function check(options: {
  folder: string;
  json: boolean;
  signal: AbortSignal;
  say: (text: string) => void;
}): Promise<number> {
  const started = Date.now();
  const print = (line: { story: string; step: string; holds: boolean; seconds: number; error?: string }) =>
    process.stdout.write(
      options.json
        ? `${JSON.stringify(line)}\n`
        : `${line.holds ? "holds" : "FAILS"}  ${line.seconds.toFixed(1).padStart(6)} s  ${line.story}: ${line.step}\n${line.error === undefined ? "" : `${line.error.replaceAll(/^/gm, "         ")}\n`}`,
    );
  const { demo, sinks, stop } = await startHeardDemo(options);
  print({
    story: "The demo",
    step: "from nothing to 12 workspaces in sync",
    holds: true,
    seconds: (Date.now() - started) / 1000,
  });
  let failed = 0;
  try {
    for (const story of allStories(sinks))
      for (const step of story.steps) {
        const begun = Date.now();
        const error = await step.run(demo).then(
          () => undefined,
          (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
        );
        if (error !== undefined) failed += 1;
        print({
          story: story.title,
          step: step.title,
          holds: error === undefined,
          seconds: (Date.now() - begun) / 1000,
          ...(error === undefined ? {} : { error }),
        });
      }
  } finally {
    await stop();
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ failed })}\n` : failed === 0 ? "All of it holds.\n" : `${failed} steps fail.\n`,
  );
  return failed === 0 ? 0 : 1;
}
