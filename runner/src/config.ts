import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { problem } from "@plumbline/contract/errors";
import { ScannerConfigurations } from "@plumbline/policy/scanners/tool-configuration";
import { parse } from "yaml";
import { z } from "zod";
import { defaultLimits } from "./sandbox/limits.ts";

const absolute = z.string().refine(isAbsolute, "must be an absolute path");
const hosts = z.array(z.string().min(1));

/** What the runner's configuration file says. Every key has a default but `server` and the token. */
const ConfigFile = z.strictObject({
  /** Address of the server: `https://plumbline.example.com`. */
  server: z.url({ protocol: /^https?$/ }),
  /** The runner's token, or the file that holds it. */
  token: z.string().min(1).optional(),
  tokenFile: absolute.optional(),
  /** Certificate authority of the server, PEM, where the system does not know it. */
  serverCertificateAuthority: absolute.optional(),
  /** Where runs live while they last. Short: unix sockets allow about 100 characters in all. */
  dataDirectory: absolute,
  /** Runs at a time; by default the number of cores. */
  capacity: z.int().positive().max(1000).optional(),
  /** Engine binaries. `sha256`, if given, must be that of the file. */
  engines: z
    .array(
      z.strictObject({
        name: z.enum(["terraform", "tofu"]),
        path: absolute,
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .min(1),
  /** Provider mirrors: folders laid out as Terraform's filesystem mirrors. */
  mirrors: z.array(absolute).default([]),
  /** Whether providers may also come from their registries; needs egress.allow.init. */
  directRegistry: z.boolean().default(false),
  /** `bubblewrap`, or `none` with a reason. */
  sandbox: z.enum(["bubblewrap", "none"]).default("bubblewrap"),
  sandboxReason: z.string().min(10).optional(),
  egress: z
    .strictObject({
      /** `lab.cloud: 127.0.0.1:7300`: names that lead to a declared address. They are allowed in plan and apply. */
      names: z.record(z.string(), z.string()).default({}),
      /** Hosts for all steps, or per step. `host`, `host:port`, `*.domain`; port 443 unless given, `:*` for all. */
      allow: z
        .union([hosts, z.strictObject({ init: hosts.default([]), plan: hosts.default([]), apply: hosts.default([]) })])
        .default([]),
    })
    .default({ names: {}, allow: [] }),
  /** Certificate authorities for the engine and providers, one PEM file. */
  certificates: absolute.optional(),
  /** The OPA binary; with `sha256` it must be that of the file. */
  opa: z.union([absolute, z.strictObject({ path: absolute, sha256: z.string().regex(/^[0-9a-f]{64}$/) })]).optional(),
  /** Scanners that policies may ask for. */
  scanners: ScannerConfigurations.default([]),
  /** Seconds between asking a step to stop and, unless it applies, ending it. */
  graceSeconds: z.int().positive().default(60),
  /** Seconds for which a runner that is stopped waits for plans; then it gives them up, and the server gives them out again. */
  stopSeconds: z.int().nonnegative().default(15),
  /** Bytes that a run's files may have. */
  largestTree: z.int().positive().default(268_435_456),
  limits: z
    .strictObject({
      openFiles: z.int().positive().default(defaultLimits.openFiles),
      processes: z.int().positive().default(defaultLimits.processes),
      fileSize: z.int().positive().default(defaultLimits.fileSize),
    })
    .prefault({}),
});

/** The runner's configuration, complete. */
export type RunnerConfig = Omit<z.infer<typeof ConfigFile>, "token" | "tokenFile" | "egress"> & {
  token: string;
  egress: { names: Record<string, string>; allow: { init: string[]; plan: string[]; apply: string[] } };
};

/** Environment variables that win over the file. */
const variables = {
  PLUMBLINE_SERVER: "server",
  PLUMBLINE_RUNNER_TOKEN: "token",
  PLUMBLINE_RUNNER_TOKEN_FILE: "tokenFile",
  PLUMBLINE_RUNNER_DATA: "dataDirectory",
} as const;

const longestDataDirectory = 50;

/** Reads the file (YAML or JSON; absent: the environment alone) and the environment. Throws `config_invalid` naming the key. */
export function readRunnerConfig(file: string | undefined, environment: NodeJS.ProcessEnv): RunnerConfig {
  const where = file ?? "the environment";
  let raw: unknown;
  try {
    raw = file === undefined ? {} : parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw problem(
      "config_invalid",
      `${where} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw problem("config_invalid", `${where} has to be a map of keys, such as "server: https://…".`);
  const fromEnvironment = Object.entries(variables).flatMap(([name, key]) => {
    const value = environment[name];
    return value === undefined || value === "" ? [] : [[key, value]];
  });
  const result = ConfigFile.safeParse({ ...raw, ...Object.fromEntries(fromEnvironment) });
  if (!result.success) {
    const [issue] = result.error.issues;
    const keys = issue?.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? []);
    throw problem("config_invalid", `${where}: ${keys.join(".") || "the file"}: ${issue?.message ?? "is wrong"}`);
  }
  return complete(result.data, where);
}

function complete(parsed: z.infer<typeof ConfigFile>, where: string): RunnerConfig {
  const { token, tokenFile, egress, ...rest } = parsed;
  const wrong = (key: string, message: string) => problem("config_invalid", `${where}: ${key}: ${message}`);
  if ((token === undefined) === (tokenFile === undefined)) throw wrong("token", "give either token or tokenFile");
  if (rest.sandbox === "none" && rest.sandboxReason === undefined)
    throw wrong("sandboxReason", "sandbox: none needs a reason, which people will see");
  if (rest.dataDirectory.length > longestDataDirectory)
    throw wrong(
      "dataDirectory",
      `must be at most ${longestDataDirectory} characters, because unix sockets stand below it`,
    );
  const server = new URL(rest.server);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(server.hostname);
  if (server.protocol === "http:" && !isLoopback) throw wrong("server", "must be https beyond this machine");
  const declared = Object.keys(egress.names).map((name) => `${name}:*`);
  const given = Array.isArray(egress.allow)
    ? { init: egress.allow, plan: egress.allow, apply: egress.allow }
    : egress.allow;
  const allow = { init: given.init, plan: [...given.plan, ...declared], apply: [...given.apply, ...declared] };
  const value = token ?? readFileSync(tokenFile ?? "", "utf8").trim();
  return { ...rest, token: value, egress: { names: lowerNames(egress.names), allow } };
}

function lowerNames(names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, address]) => [name.toLowerCase(), address]));
}
