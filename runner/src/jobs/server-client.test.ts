import { createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { serverClient } from "./server-client.ts";

test("a call that is passed on to a server that took it and went away is given up", async () => {
  const taken: Socket[] = [];
  const gone = createServer((socket) => taken.push(socket));
  await new Promise<void>((resolve) => void gone.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of taken) socket.destroy();
    gone.close();
  });
  const address = gone.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const client = serverClient(new URL(`http://127.0.0.1:${address.port}`), "plr_token", undefined, 50);
  const run = { runId: "run", epoch: 1 };
  const lock = { method: "LOCK", path: "/state", headers: {}, body: Readable.from(["{}"]) };
  await expect(client.pass(run, lock)).rejects.toThrow("the server has been silent for 0.05 s");
  expect(taken).toHaveLength(1);
});
