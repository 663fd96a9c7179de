import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { RunKey, ServerClient } from "../jobs/server-client.ts";

/** A run's files, asked for while its supervisor starts. */
export interface InputAhead {
  /** The server's answer, its body not read yet; undefined the second time, or where the server did not give it. */
  take(): Promise<IncomingMessage | undefined>;
  /** Ends the connection of an answer that nobody took. */
  drop(): void;
}

/**
 * Asks for the files at once. Nothing is kept in memory: the body waits in the connection until the supervisor reads it.
 */
export function fetchInputAhead(server: ServerClient, run: RunKey): InputAhead {
  let isTaken = false;
  let isBroken = false;
  const asked = server
    .pass(run, { method: "GET", path: "/input", headers: {}, body: Readable.from([]) })
    .then((answer) => {
      answer.on("error", () => (isBroken = true));
      if (answer.statusCode === 200) return answer;
      answer.destroy();
      return undefined;
    })
    .catch(() => undefined);
  return {
    async take() {
      if (isTaken) return undefined;
      isTaken = true;
      const answer = await asked;
      return isBroken ? undefined : answer;
    },
    drop() {
      if (isTaken) return;
      isTaken = true;
      void asked.then((answer) => answer?.destroy());
    },
  };
}
