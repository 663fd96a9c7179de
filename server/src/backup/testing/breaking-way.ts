import { connect, createServer } from "node:net";
import type { Socket } from "node:net";
import type { ClientConfig } from "pg";
import { onTestFinished } from "vitest";

/** What becomes of the connection at a commit, and of those that come after it. */
interface Breaking {
  /** Whether the database hears of the commit before the connection breaks. */
  passed: boolean;
  /** How many later connections are refused before one gets through. */
  refused: number;
  armed?: boolean;
}

/** A way to the database that breaks at the first commit: of all, or after `arm` where it is not armed from the start. */
export async function breakingWay(
  direct: ClientConfig,
  { passed, refused, armed = true }: Breaking,
): Promise<{ config: ClientConfig; arm: () => void }> {
  let broken = false;
  let isArmed = armed;
  let left = refused;
  const ways = new Set<Socket>();
  const server = createServer((near) => {
    if (broken && left-- > 0) return void near.destroy();
    const far = connect(`${String(direct.host)}/.s.PGSQL.${String(direct.port)}`);
    let deaf = false;
    for (const way of [near, far]) {
      ways.add(way);
      way.on("error", () => undefined);
      way.on("close", () => (near.destroy(), deaf || far.destroy()));
    }
    near.on("data", (bytes) => {
      const isCommit = isArmed && !broken && bytes.includes("commit\0");
      if (!isCommit) return void far.write(bytes);
      broken = true;
      if (!passed) return void near.destroy();
      deaf = true;
      far.write(bytes);
    });
    far.on("data", (bytes) => {
      if (!deaf) return void near.write(bytes);
      // The database has answered, and nobody hears it.
      near.destroy();
      far.destroy();
    });
  });
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    for (const way of ways) way.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { config: { ...direct, host: "127.0.0.1", port }, arm: () => (isArmed = true) };
}
