import { readFileSync } from "node:fs";
import type { Figure, Measured } from "../figure.ts";
import { get, getJson } from "./api-figure.ts";
import { pageRequests } from "./page-requests.ts";
import type { SizedFolder } from "./sized-folder.ts";
import type { SizedWorld } from "./sized-world.ts";

/** So often that garbage has had time to gather: after five it was a quarter less. */
const rounds = 10;

/** What the server's process holds of memory once everything was asked. */
export function memoryFigure(folder: SizedFolder): Figure {
  return {
    id: "memory-at-size",
    title: "resident memory of the server at that size, after all pages and a report on controls",
    unit: "MB",
    target: 400,
    better: "lower",
    measure: (say) => folder.withWorld(say, (world) => measureMemory(world, say)),
  };
}

async function measureMemory(world: SizedWorld, say: (text: string) => void): Promise<Measured> {
  const ready = resident(world).now;
  const requests = await pageRequests((path) => getJson(world, path));
  say(`asking ${requests.length} requests ${rounds} times`);
  for (let round = 0; round < rounds; round++) for (const { path } of requests) await get(world, path);
  const asked = resident(world).now;
  say("asking for the report on controls");
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    const started = performance.now();
    await get(world, await reportPath(world));
    times.push((performance.now() - started) / 1000);
  }
  const { now, most } = resident(world);
  return {
    value: Math.max(asked, now),
    notes: [
      `${ready.toFixed(0)} MB when ready, ${asked.toFixed(0)} MB after the pages, ${now.toFixed(0)} MB after the report; ${most.toFixed(0)} MB at most in between`,
      `the report on controls took ${times.map((seconds) => `${seconds.toFixed(1)} s`).join(", then ")}`,
    ],
  };
}

async function reportPath(world: SizedWorld): Promise<string> {
  const { items } = (await getJson(world, "/api/v1/control-catalogues")) as { items: { slug: string }[] };
  const slug = items.find((one) => one.slug.includes("aws"))?.slug;
  if (slug === undefined) throw new Error("there is no catalogue of controls for AWS");
  return `/api/v1/control-catalogues/${slug}/report`;
}

function resident({ world }: SizedWorld): { now: number; most: number } {
  const text = readFileSync(`/proc/${world.server.pid}/status`, "utf8");
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1] ?? Number.NaN) / 1024;
  return { now: megabytes("VmRSS"), most: megabytes("VmHWM") };
}
