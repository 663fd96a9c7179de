import type { CallInput, Endpoint } from "@plumbline/contract";
import { catalogue, problem, Problem } from "@plumbline/contract/errors";
import type { Terminal } from "../terminal/terminal.ts";
import type { CallParts } from "./advice.ts";
import type { Client } from "./client.ts";

/** The same API; where it refuses a call and says no more than the catalogue does, what to do next is said in commands. */
export function advised(client: Client, env: Terminal["env"]): Client {
  const advise = async <E extends Endpoint, Answer>(endpoint: E, input: CallInput<E>, answer: Promise<Answer>) => {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof Problem) || error.next !== catalogue[error.code].next) throw error;
      // Only who is refused waits for it.
      const { adviceFor } = await import("./advice.ts");
      const next = await adviceFor(error, { endpoint, input: input as CallParts, client, env });
      if (next === undefined) throw error;
      const { code, message, places, data } = error;
      throw problem(code, message, { next, places, data, cause: error });
    }
  };
  return {
    url: client.url,
    call: (endpoint, input) => advise(endpoint, input, client.call(endpoint, input)),
    upload: (endpoint, input, file) => advise(endpoint, input, client.upload(endpoint, input, file)),
    open: (endpoint, input, signal) => advise(endpoint, input, client.open(endpoint, input, signal)),
  };
}
