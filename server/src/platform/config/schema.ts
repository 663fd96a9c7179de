import { formatDuration, parseDuration } from "@plumbline/contract/configuration/duration";
import { z } from "zod";

const mebibyte = 1024 * 1024;

/** "15s", "15m", "2h" or "7d"; seconds in the parsed configuration. */
function duration(byDefault: string) {
  return z
    .string()
    .default(byDefault)
    .transform((text, context) => {
      const seconds = parseDuration(text);
      if (seconds !== undefined) return seconds;
      context.addIssue({
        code: "custom",
        message: `must be a duration such as "${byDefault}" or "${formatDuration(7200)}"`,
      });
      return z.NEVER;
    });
}

const keptLeast = 86_400;

/** The same, of days; or "forever", which is null in the parsed configuration. */
function keptFor(byDefault: string) {
  return z
    .string()
    .default(byDefault)
    .transform((text, context) => {
      if (text === "forever") return null;
      const seconds = parseDuration(text);
      if (seconds !== undefined && seconds >= keptLeast) return seconds;
      context.addIssue({
        code: "custom",
        message: 'must be a duration of at least "1d", such as "180d", or "forever"',
      });
      return z.NEVER;
    });
}

const positive = z.int().positive();
const path = z.string().min(1);

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://");

const Listen = z.strictObject({
  host: z.string().min(1).default("127.0.0.1").describe("Address to listen on; 0.0.0.0 is all of them."),
  port: z.int().min(0).max(65_535).default(8300).describe("0 takes a free port."),
});

const Database = z.strictObject({
  url: postgresUrl
    .optional()
    .describe(
      "Of a PostgreSQL that somebody else runs; its user owns the database and may create roles. Without it the server starts one by itself.",
    ),
  applicationUrl: postgresUrl
    .optional()
    .describe(
      "A login that is a member of no role but plumbline_application; without it the owner's login takes that role on.",
    ),
  /** A PostgreSQL that this server starts by itself. */
  embedded: z
    .strictObject({
      binaries: path
        .optional()
        .describe("The folder that holds the programs initdb and postgres; found on PATH and in the usual places."),
      dataDir: path.optional().describe("Where its files lie; `postgres` in `dataDir` by default."),
    })
    .prefault({})
    .describe("A PostgreSQL that this server starts by itself, on a unix socket."),
  poolSize: positive.max(200).default(16).describe("Connections of requests and tasks."),
});

/** The configuration file as it is written. Every key has a default, so an empty file is a valid one. */
export const ConfigFile = z.strictObject({
  listen: Listen.prefault({}),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("What people and runners call this installation; where it listens by default."),
  tls: z
    .strictObject({
      certFile: path.describe("The certificate with its chain, PEM."),
      keyFile: path.describe("Its private key, PEM."),
    })
    .optional()
    .describe("Where the server ends TLS itself. Read at the start."),
  trustedProxies: z
    .array(
      z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], "an address or a network such as 10.0.0.0/8 is expected"),
    )
    .default([])
    .describe(
      "Addresses or networks of the proxies that end TLS, e.g. 10.0.0.0/8. Only theirs are X-Forwarded headers believed.",
    ),
  allowInsecure: z
    .boolean()
    .default(false)
    .describe("Plain HTTP beyond loopback. Logged at every start and shown by /readyz."),
  database: Database.prefault({}).refine(
    (database) => database.applicationUrl === undefined || database.url !== undefined,
    {
      message: "needs database.url beside it",
      path: ["applicationUrl"],
    },
  ),
  dataDir: path
    .default("/var/lib/plumbline")
    .describe("Where repositories, archives, the set-up secret and the embedded database lie."),
  rootKey: z
    .strictObject({
      file: path
        .optional()
        .describe(
          "32 bytes, made at the first start; `root.key` in `dataDir` by default. Without it nothing sealed can be read.",
        ),
    })
    .prefault({}),
  webDir: path.optional().describe("The built web pages; `web/dist` beside the server by default."),
  git: z
    .strictObject({
      maxPushBytes: positive.default(100 * mebibyte).describe("The largest push, in bytes."),
      maxFileBytes: positive.default(20 * mebibyte).describe("The largest file in a push, in bytes."),
      maxFiles: positive.default(50_000).describe("Files that a commit may hold."),
    })
    .prefault({}),
  state: z
    .strictObject({
      maxBytes: positive
        .max(256 * mebibyte)
        .default(100 * mebibyte)
        .describe("The largest state, in bytes."),
    })
    .prefault({}),
  mail: z
    .strictObject({
      smtpUrl: z
        .string()
        .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
        .describe("Where mail is handed in; name and password may stand in it."),
      from: z.string().min(3).max(320).describe("The sender's address."),
    })
    .optional()
    .describe("Without it nothing is sent by e-mail."),
  notifications: z
    .strictObject({
      allowPrivateTargets: z.boolean().default(false).describe("Webhooks to loopback and private networks."),
      timeout: duration("10s").describe("Of one attempt."),
      attempts: positive.max(20).default(6).describe("How often a message is tried."),
    })
    .prefault({}),
  drift: z
    .strictObject({
      every: duration("15m").describe("For environments that name no interval."),
      grace: duration("2m").describe("A check is overdue when it is later than its interval and this."),
    })
    .prefault({}),
  sessions: z.strictObject({ lifetime: duration("12h").describe("After which a person signs in again.") }).prefault({}),
  runners: z
    .strictObject({
      lease: duration("30s").describe("How long a job belongs to its runner after the last sign of life."),
    })
    .prefault({}),
  runs: z
    .strictObject({
      phaseTimeout: duration("1h").describe("Of one phase."),
      heldFor: duration("7d").describe('After which a held run becomes a visible "unapplied".'),
      maxLogBytes: positive.default(64 * mebibyte).describe("Of one run's log."),
    })
    .prefault({}),
  retention: z
    .strictObject({
      logs: keptFor("180d").describe(
        "How long logs are kept after their runs ended, those of a drift case after it was closed; `forever` keeps them.",
      ),
      plans: keptFor("180d").describe(
        "The same of plan files, their JSON and the values that plans were given, where nothing was applied by them.",
      ),
      appliedPlans: keptFor("forever").describe("The same of those that something was applied by."),
    })
    .prefault({})
    .describe("What is needed still is kept in any case; operations.md says what that is."),
  tasks: z
    .strictObject({ concurrency: positive.max(64).default(4).describe("Background tasks at once.") })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(["debug", "info", "warn", "error", "silent"])
        .default("info")
        .describe("The log goes to standard error, one JSON object a line."),
    })
    .prefault({}),
  tools: z
    .strictObject({ terraform: path.optional(), tofu: path.optional(), opa: path.optional(), git: path.optional() })
    .prefault({})
    .describe("Paths of external programs; PATH by default."),
  limits: z
    .strictObject({
      bodyBytes: positive.default(2 * mebibyte).describe("The largest body of an API call, in bytes."),
      requestsPerMinute: positive.default(6_000).describe("Per address of the network."),
      loginsPerMinute: positive.default(10).describe("Attempts to sign in, per address."),
      drain: duration("20s").describe("How long a stop waits for requests under way."),
    })
    .prefault({}),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
