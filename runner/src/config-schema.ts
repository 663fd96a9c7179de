import { isAbsolute } from "node:path";
import { ScannerConfigurations } from "@plumbline/policy/scanners/tool-configuration";
import { z } from "zod";
import { defaultLimits } from "./sandbox/limits.ts";

const absolute = z.string().refine(isAbsolute, "must be an absolute path");
const hosts = z.array(z.string().min(1));
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex (sha256sum FILE prints it)");

function isToolMirror(text: string): boolean {
  return isAbsolute(text) || /^(?:https:\/\/|file:\/\/\/|http:\/\/(?:localhost|127\.0\.0\.1)[:/])/.test(text);
}

/** The runner's configuration file as it is written. Every key has a default but `server`, the token, `dataDirectory`. */
export const RunnerConfigFile = z.strictObject({
  server: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://plumbline.example.com" })
    .describe("Address of the server: `https://plumbline.example.com`."),
  token: z.string().min(1).optional().describe("The runner's token; or give `tokenFile`."),
  tokenFile: absolute.optional().describe("The file that holds the runner's token."),
  serverCertificateAuthority: absolute
    .optional()
    .describe("Certificate authority of the server, PEM, where the system does not know it."),
  dataDirectory: absolute.describe(
    "Where runs live while they last. At most 50 characters, because unix sockets stand below it.",
  ),
  capacity: z.int().positive().max(1000).optional().describe("Runs at a time; by default the number of cores."),
  engines: z
    .array(
      z.strictObject({
        name: z.enum(["terraform", "tofu"]).describe("Which engine it is."),
        path: absolute.describe("The binary."),
        sha256: sha256.optional().describe("If given, that of the file."),
      }),
    )
    .optional()
    .describe(
      "Engine binaries of this machine. Where neither they nor `toolFolders` are given, those on PATH are found. Only those that the organization has accepted are used.",
    ),
  toolFolders: z
    .array(absolute)
    .optional()
    .describe("Folders in which engines are found, directly or one folder deeper: where `plumb tools add` puts them."),
  toolMirror: z
    .string()
    .refine(
      isToolMirror,
      "must be a folder, or an https:// address such as https://tools.example.com/{name}/{version}/{file}",
    )
    .optional()
    .describe(
      "Where accepted engines that this machine lacks are fetched from: a folder or an address, with `{name}`, `{version}`, `{platform}`, `{file}`. Without it nothing is fetched.",
    ),
  mirrors: z
    .array(absolute)
    .default([])
    .describe("Provider mirrors: folders laid out as Terraform's filesystem mirrors."),
  directRegistry: z
    .boolean()
    .default(false)
    .describe("Whether providers may also come from their registries; needs `egress.allow.init`."),
  sandbox: z.enum(["bubblewrap", "none"]).default("bubblewrap").describe("`none` needs a reason."),
  sandboxReason: z.string().min(10).optional().describe("Why runs are not sandboxed; people see it."),
  egress: z
    .strictObject({
      names: z
        .record(z.string(), z.string())
        .default({})
        .describe("Names that lead to a declared address, `lab.cloud: 127.0.0.1:7300`; allowed in plan and apply."),
      allow: z
        .union(
          [hosts, z.strictObject({ init: hosts.default([]), plan: hosts.default([]), apply: hosts.default([]) })],
          "must be a list of hosts, or lists of hosts under init, plan and apply",
        )
        .default([])
        .describe(
          "Hosts for all steps, or per step (`init`, `plan`, `apply`): `host`, `host:port`, `*.domain`; port 443 unless given, `:*` for all.",
        ),
    })
    .default({ names: {}, allow: [] }),
  certificates: absolute.optional().describe("Certificate authorities for the engine and providers, one PEM file."),
  opa: z
    .union([absolute, z.strictObject({ path: absolute, sha256 })], "must be an absolute path, or {path, sha256}")
    .optional()
    .describe("The OPA binary, a path or `{path, sha256}`; policies in Rego need it."),
  scanners: ScannerConfigurations.default([]).describe("Scanners that policies may ask for; see scanners.md."),
  graceSeconds: z
    .int()
    .positive()
    .default(60)
    .describe("Seconds between asking a step to stop and, unless it applies, ending it."),
  stopSeconds: z
    .int()
    .nonnegative()
    .default(15)
    .describe(
      "Seconds for which a runner that is stopped waits for plans; then it gives them up, and the server gives them out again.",
    ),
  applyStopSeconds: z
    .int()
    .nonnegative()
    .default(0)
    .describe(
      "Seconds for which a runner that is stopped waits for applies too. 0 leaves them to the next runner; a container, which ends with all that is in it, has to wait.",
    ),
  largestTree: z.int().positive().default(268_435_456).describe("Bytes that a run's files may have."),
  limits: z
    .strictObject({
      openFiles: z.int().positive().default(defaultLimits.openFiles).describe("Open files per process."),
      processes: z.int().positive().default(defaultLimits.processes).describe("Processes and threads of one run."),
      fileSize: z
        .int()
        .positive()
        .default(defaultLimits.fileSize)
        .describe("Largest file that a run writes, in bytes."),
    })
    .prefault({}),
});
