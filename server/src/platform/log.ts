import { pino } from "pino";
import type { DestinationStream } from "pino";

/**
 * The fields a log line may carry. Whatever else is handed in does not compile, and is dropped at run time: nobody
 * can log a request body or a credential by passing the object that holds it.
 */
export interface LogFields {
  organizationId?: string;
  requestId?: string;
  personId?: string;
  runnerId?: string;
  runId?: string;
  repository?: string;
  workspace?: string;
  environment?: string;
  pullRequest?: number;
  run?: number;
  driftCase?: number;
  task?: string;
  taskId?: string;
  attempt?: number;
  method?: string;
  route?: string;
  status?: number;
  milliseconds?: number;
  address?: string;
  port?: number;
  count?: number;
  code?: string;
  reason?: string;
  path?: string;
  version?: string;
  signal?: string;
  error?: unknown;
}

const allowed = {
  organizationId: true,
  requestId: true,
  personId: true,
  runnerId: true,
  runId: true,
  repository: true,
  workspace: true,
  environment: true,
  pullRequest: true,
  run: true,
  driftCase: true,
  task: true,
  taskId: true,
  attempt: true,
  method: true,
  route: true,
  status: true,
  milliseconds: true,
  address: true,
  port: true,
  count: true,
  code: true,
  reason: true,
  path: true,
  version: true,
  signal: true,
  error: true,
} as const satisfies Record<keyof LogFields, true>;

/** A structured log: one JSON object per line. `with` gives a log whose lines all carry the fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  with(fields: LogFields): Log;
}

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Opens a log. `destination` is where lines go; standard output unless a test says otherwise. */
export function openLog(options: { level: LogLevel; destination?: DestinationStream }): Log {
  const settings = {
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // The second net: `*` stands for exactly one level.
    redact: { paths: secretPaths, censor: "[removed]" },
  };
  const logger = options.destination ? pino(settings, options.destination) : pino(settings);
  return wrap(logger, {});
}

const secretNames = ["password", "token", "secret", "authorization", "cookie", "privateKey"];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** The part of pino that is used, so that nothing else of it leaks out. */
interface Lines {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

function wrap(logger: Lines, base: LogFields): Log {
  const line = (level: keyof Lines) => (message: string, fields?: LogFields) =>
    logger[level](pick({ ...base, ...fields }), withoutUrlPasswords(message));
  return {
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    with: (fields) => wrap(logger, { ...base, ...fields }),
  };
}

function pick(fields: LogFields): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!Object.hasOwn(allowed, name) || value === undefined) continue;
    picked[name] = name === "error" ? describeError(value) : value;
  }
  return picked;
}

/** What of an error is logged: never its other properties, which in database errors hold the values of a row. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    type: error.name,
    message: withoutUrlPasswords(error.message),
    ...(typeof code === "string" ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: withoutUrlPasswords(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

/** Takes user:password out of URLs, which libraries like to repeat in their messages. */
function withoutUrlPasswords(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^/\s@]*@/gi, "$1[removed]@");
}
