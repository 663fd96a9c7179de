import { Agent, request } from "node:http";
import type { JsonObject, JsonValue } from "../kinds/attribute.ts";
import type { Complaint } from "../kinds/check-values.ts";
import { isObject } from "../kinds/check-values.ts";
import { proxyFor } from "./proxy.ts";
import type { Settings } from "./settings.ts";

/** Longer than any answer of the lab takes, slow ones that a test asked for included. */
const TIMEOUT_MS = 15 * 60_000;

/** The cloud said no, or could not be reached (`status` 0). */
export class LabError extends Error {
  readonly status: number;
  readonly complaints: readonly Complaint[];

  constructor(status: number, message: string, complaints: readonly Complaint[] = []) {
    super(message);
    this.name = "LabError";
    this.status = status;
    this.complaints = complaints;
  }
}

/** Talks to the Lab Cloud's JSON API, through a proxy where the environment names one. */
export class LabClient {
  readonly #settings: Settings;
  readonly #proxy: URL | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(settings: Settings, env: NodeJS.ProcessEnv) {
    this.#settings = settings;
    this.#proxy = proxyFor(new URL(settings.endpoint), env);
  }

  /** @returns undefined when there is no such resource */
  async read(kind: string, id: string): Promise<JsonObject | undefined> {
    try {
      return await this.#call("GET", `${kind}/${encodeURIComponent(id)}`);
    } catch (error) {
      if (error instanceof LabError && error.status === 404) return undefined;
      throw error;
    }
  }

  async findByName(kind: string, name: string): Promise<JsonObject | undefined> {
    const { items } = await this.#call("GET", `${kind}?name=${encodeURIComponent(name)}`);
    return Array.isArray(items) ? items.find(isObject) : undefined;
  }

  async create(kind: string, values: JsonObject): Promise<JsonObject> {
    return this.#call("POST", kind, values);
  }

  async update(kind: string, id: string, values: JsonObject): Promise<JsonObject> {
    return this.#call("PATCH", `${kind}/${encodeURIComponent(id)}`, values);
  }

  /** One that is gone already counts as deleted. */
  async delete(kind: string, id: string): Promise<void> {
    try {
      await this.#call("DELETE", `${kind}/${encodeURIComponent(id)}`);
    } catch (error) {
      if (!(error instanceof LabError && error.status === 404)) throw error;
    }
  }

  async #call(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const target = new URL(`${this.#settings.endpoint}/api/v1/${path}`);
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const { status, content } = await this.#send(method, target, text);
    const answer = parseJson(content);
    if (status >= 200 && status < 300 && isObject(answer)) return answer;
    throw refusal(status, answer, target);
  }

  #send(method: string, target: URL, body: Buffer | undefined): Promise<{ status: number; content: string }> {
    const via = this.#proxy ?? target;
    return new Promise((resolve, reject) => {
      const unreachable = (error: Error) =>
        reject(
          new LabError(
            0,
            `${target.origin} cannot be reached${this.#proxy ? ` through the proxy ${via.origin}` : ""}: ${error.message}`,
          ),
        );
      const call = request(
        {
          agent: this.#agent,
          // Brackets belong to the address of an IPv6 URL, not to the host that is connected to.
          host: via.hostname.replaceAll(/[[\]]/g, ""),
          port: via.port === "" ? 80 : via.port,
          method,
          // A proxy is asked with the whole address: only it has to know where the name leads.
          path: this.#proxy ? target.href : `${target.pathname}${target.search}`,
          timeout: TIMEOUT_MS,
          headers: {
            host: target.host,
            authorization: `Bearer ${this.#settings.token}`,
            "lab-account": this.#settings.account,
            "user-agent": "terraform-provider-lab",
            ...proxyAuthorization(this.#proxy),
            ...(body ? { "content-type": "application/json", "content-length": body.length } : {}),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", unreachable);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, content: Buffer.concat(chunks).toString("utf8") }),
          );
        },
      );
      call.on("timeout", () => call.destroy(new Error("no answer in time")));
      call.on("error", unreachable);
      call.end(body);
    });
  }
}

function proxyAuthorization(proxy: URL | undefined): Record<string, string> {
  if (!proxy || proxy.username === "") return {};
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function refusal(status: number, answer: unknown, target: URL): LabError {
  const error = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : undefined;
  if (typeof error === "object" && error !== null && "message" in error) {
    const complaints = "complaints" in error && Array.isArray(error.complaints) ? error.complaints : [];
    return new LabError(status, String(error.message), complaints.filter(isComplaint));
  }
  return new LabError(status, `${target.origin} answered with status ${status} and not as the Lab Cloud does.`);
}

function isComplaint(value: unknown): value is Complaint {
  return (
    typeof value === "object" && value !== null && "path" in value && Array.isArray(value.path) && "message" in value
  );
}
