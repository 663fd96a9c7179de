import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import { pageRequests } from "./page-requests.ts";
import type { PageRequest } from "./page-requests.ts";
import type { SizedFolder } from "./sized-folder.ts";
import { sizes } from "./sized-repositories.ts";
import type { SizedWorld } from "./sized-world.ts";

const rounds = 25;
const warmUps = 5;
const told = 8;

/** How long the slowest of the pages' requests takes in a large organization. */
export function apiFigure(folder: SizedFolder): Figure {
  return {
    id: "api-at-size",
    title: `slowest reading request of a page with ${count(sizes.workspaces)} workspaces, ${count(sizes.runs)} runs, ${count(sizes.auditEntries)} audit entries, p95`,
    unit: "ms",
    target: 100,
    better: "lower",
    measure: (say) => folder.withWorld(say, (world) => measureRequests(world, say)),
  };
}

async function measureRequests(world: SizedWorld, say: (text: string) => void): Promise<Measured> {
  const requests = await pageRequests((path) => getJson(world, path));
  say(`asking ${requests.length} requests ${rounds} times`);
  const results: { request: PageRequest; p95: number; median: number; bytes: number }[] = [];
  for (const request of requests) {
    const times: number[] = [];
    let bytes = 0;
    for (let round = -warmUps; round < rounds; round++) {
      const started = performance.now();
      bytes = await get(world, request.path);
      if (round >= 0) times.push(performance.now() - started);
    }
    results.push({ request, p95: quantile(times, 0.95), median: quantile(times, 0.5), bytes });
  }
  const first = performance.now();
  const begun = await firstBytes(world, "/api/v1/audit-events/export");
  const exportBegins = begun - first;
  const slowest = results.toSorted((left, right) => right.p95 - left.p95);
  const all = slowest.map(({ p95 }) => p95);
  return {
    value: Math.max(...all, exportBegins),
    notes: [
      `${results.length} requests, ${rounds} times each, one after the other; half of them have a p95 below ${quantile(all, 0.5).toFixed(0)} ms`,
      `slowest: ${slowest
        .slice(0, told)
        .map(
          ({ request, p95, median, bytes }) =>
            `${request.name} ${p95.toFixed(0)} ms (median ${median.toFixed(0)}, ${Math.ceil(bytes / 1024)} kB)`,
        )
        .join("; ")}`,
      `the export of the whole audit log begins after ${exportBegins.toFixed(0)} ms`,
    ],
  };
}

/** Asks and reads all; answers the size. */
export async function get({ world, token }: SizedWorld, path: string): Promise<number> {
  const response = await fetch(world.url + path, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${Buffer.from(body).toString()}`);
  return body.byteLength;
}

/** Asks and reads JSON. */
export async function getJson({ world, token }: SizedWorld, path: string): Promise<unknown> {
  const response = await fetch(world.url + path, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
  return response.json();
}

/** When the first bytes of the answer were there; the rest is not read. */
async function firstBytes({ world, token }: SizedWorld, path: string): Promise<number> {
  const stop = new AbortController();
  const response = await fetch(world.url + path, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  await response.body?.getReader().read();
  const at = performance.now();
  stop.abort();
  return at;
}

function count(number: number): string {
  return number.toLocaleString("en");
}
