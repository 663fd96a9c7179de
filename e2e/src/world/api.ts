import { buildRequest } from "@plumbline/contract";
import type { CallInput, Endpoint, ProblemBody, ResponseOf } from "@plumbline/contract";

/** A call of the API that was answered with a problem. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly problem: ProblemBody;

  constructor(status: number, problem: ProblemBody) {
    super(`${problem.code}: ${problem.detail}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The API as one person sees it. */
export interface ApiClient {
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>>;
  /** The status and body of a refused call; throws where it is not refused. */
  refused<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Refused>;
  /** The text of what is not JSON. */
  text(path: string): Promise<string>;
}

/** Calls the API with a token or a session cookie. */
export function apiClient(url: string, headers: Record<string, string>): ApiClient {
  const send = async (method: string, path: string, body: string | undefined) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    if (response.ok) return text;
    throw new Refused(response.status, readProblem(text, response.status));
  };
  const call: ApiClient["call"] = async (endpoint, input) => {
    const request = buildRequest(endpoint, input);
    const text = await send(request.method, request.path, request.body);
    return (text === "" ? undefined : JSON.parse(text)) as ResponseOf<typeof endpoint>;
  };
  return {
    call,
    async refused(endpoint, input) {
      try {
        await call(endpoint, input);
      } catch (error) {
        if (error instanceof Refused) return error;
        throw error;
      }
      throw new Error(`${endpoint.id} was not refused`);
    },
    text: (path) => send("GET", path, undefined),
  };
}

function readProblem(text: string, status: number): ProblemBody {
  try {
    return JSON.parse(text) as ProblemBody;
  } catch {
    return { code: "internal", title: `HTTP ${status}`, detail: text.slice(0, 500), next: "" };
  }
}

/** Signs in with a password; answers the session cookie's header. */
export async function signInWithPassword(url: string, name: string, password: string): Promise<{ cookie: string }> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password }),
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, readProblem(text, response.status));
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
  if (cookie === undefined) throw new Error("signing in set no cookie");
  return { cookie };
}
