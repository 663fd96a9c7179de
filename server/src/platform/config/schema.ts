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

const positive = z.int().positive();
const path = z.string().min(1);

const Listen = z.strictObject({
  host: z.string().min(1).default("127.0.0.1"),
  /** 0 takes a free port. */
  port: z.int().min(0).max(65_535).default(8300),
});

const Database = z.strictObject({
  /** Of a PostgreSQL that somebody else runs; its user owns the database and may create roles. */
  url: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")
    .optional(),
  /** A login that is a member of no role but plumbline_application; without it the owner's login takes that role on. */
  applicationUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")
    .optional(),
  /** A PostgreSQL that this server starts by itself. */
  embedded: z
    .strictObject({
      /** The folder that holds the programs initdb and postgres. */
      binaries: path.optional(),
      /** Where its files lie; `postgres` in `dataDir` by default. */
      dataDir: path.optional(),
    })
    .prefault({}),
  /** Connections of requests and tasks. */
  poolSize: positive.max(200).default(16),
});

/** The configuration file as it is written. Every key has a default, so an empty file is a valid one. */
export const ConfigFile = z.strictObject({
  listen: Listen.prefault({}),
  /** What people and runners call this installation; where it listens by default. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  tls: z.strictObject({ certFile: path, keyFile: path }).optional(),
  /** Addresses or networks of the proxies that end TLS, e.g. 10.0.0.0/8. Only theirs are X-Forwarded headers believed. */
  trustedProxies: z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])).default([]),
  /** Plain HTTP beyond loopback. Logged at every start and shown by /readyz. */
  allowInsecure: z.boolean().default(false),
  database: Database.prefault({}).refine(
    (database) => database.applicationUrl === undefined || database.url !== undefined,
    {
      message: "needs database.url beside it",
      path: ["applicationUrl"],
    },
  ),
  /** Where repositories, archives and the embedded database lie. */
  dataDir: path.default("/var/lib/plumbline"),
  /** 32 bytes, made at the first start; `root.key` in `dataDir` by default. Without it nothing sealed can be read. */
  rootKey: z.strictObject({ file: path.optional() }).prefault({}),
  /** The built web pages; `web/dist` beside the server by default. */
  webDir: path.optional(),
  git: z
    .strictObject({
      maxPushBytes: positive.default(100 * mebibyte),
      maxFileBytes: positive.default(20 * mebibyte),
      maxFiles: positive.default(50_000),
    })
    .prefault({}),
  state: z.strictObject({ maxBytes: positive.max(256 * mebibyte).default(100 * mebibyte) }).prefault({}),
  mail: z
    .strictObject({
      smtpUrl: z.string().regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://"),
      from: z.string().min(3).max(320),
    })
    .optional(),
  notifications: z
    .strictObject({
      /** Webhooks to loopback and private networks. */
      allowPrivateTargets: z.boolean().default(false),
      timeout: duration("10s"),
      attempts: positive.max(20).default(6),
    })
    .prefault({}),
  drift: z
    .strictObject({
      /** For environments that name no interval. */
      every: duration("15m"),
      /** A check is overdue when it is later than its interval and this. */
      grace: duration("2m"),
    })
    .prefault({}),
  sessions: z.strictObject({ lifetime: duration("12h") }).prefault({}),
  runners: z
    .strictObject({
      /** How long a job belongs to its runner after the last sign of life. */
      lease: duration("30s"),
    })
    .prefault({}),
  runs: z
    .strictObject({
      /** Of one phase. */
      phaseTimeout: duration("1h"),
      /** After which a held run becomes a visible "unapplied". */
      heldFor: duration("7d"),
      maxLogBytes: positive.default(64 * mebibyte),
    })
    .prefault({}),
  tasks: z.strictObject({ concurrency: positive.max(64).default(4) }).prefault({}),
  log: z.strictObject({ level: z.enum(["debug", "info", "warn", "error", "silent"]).default("info") }).prefault({}),
  /** Paths of external programs; PATH by default. */
  tools: z
    .strictObject({ terraform: path.optional(), tofu: path.optional(), opa: path.optional(), git: path.optional() })
    .prefault({}),
  limits: z
    .strictObject({
      bodyBytes: positive.default(2 * mebibyte),
      /** Per address of the network. */
      requestsPerMinute: positive.default(6_000),
      /** Attempts to sign in, per address. */
      loginsPerMinute: positive.default(10),
      /** How long a stop waits for requests under way. */
      drain: duration("20s"),
    })
    .prefault({}),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
