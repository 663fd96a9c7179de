/** What Terraform puts into the environment so that a provider knows it was started as a plugin, not by hand. */
export const MAGIC_COOKIE = {
  name: "TF_PLUGIN_MAGIC_COOKIE",
  value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
} as const;

/** The version of go-plugin's own handshake and of the Terraform protocol spoken behind it. */
const CORE_PROTOCOL = 1;
export const PROVIDER_PROTOCOL = 6;

/**
 * The one line a go-plugin server prints on stdout: protocols, where it listens, and its certificate.
 * The certificate is base64 of its DER **without** padding; the other side fails on "=".
 * Format: https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md
 */
export function handshakeLine(socketPath: string, certificateDer: Uint8Array | undefined): string {
  const certificate = certificateDer ? Buffer.from(certificateDer).toString("base64").replace(/=+$/, "") : "";
  return [CORE_PROTOCOL, PROVIDER_PROTOCOL, "unix", socketPath, "grpc", certificate].join("|");
}

/** Whether the process was started by Terraform. */
export function startedAsPlugin(env: NodeJS.ProcessEnv): boolean {
  return env[MAGIC_COOKIE.name] === MAGIC_COOKIE.value;
}

/** Whether the starter speaks our protocol; it lists those it knows as "5,6". Silence means yes. */
export function protocolAccepted(env: NodeJS.ProcessEnv): boolean {
  const versions = env["PLUGIN_PROTOCOL_VERSIONS"];
  return versions === undefined || versions.split(",").includes(String(PROVIDER_PROTOCOL));
}
