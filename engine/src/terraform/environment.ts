import type { EngineName } from "./engine-name.ts";

/** Where the engine's state lives: our http backend, as the engine reaches it. */
export interface StateAddress {
  /** Without a trailing slash: `http://127.0.0.1:4101/state`. */
  address: string;
  username: string;
  /** Good for one phase only. */
  password: string;
}

/** What the environment of an engine process is built from. */
export interface EnvironmentOptions {
  engine: EngineName;
  /** Folder for modules, provider links and the backend's record (instead of `.terraform` in the tree). */
  dataDirectory: string;
  /** The generated CLI configuration file. */
  cliConfigFile: string;
  path: string;
  home: string;
  temporary: string;
  /** Absent where the phase may not read the state (`show`). */
  state?: StateAddress;
  /**
   * True where nobody but the engine and what it starts can reach its sockets and temporary files: then it talks to its
   * providers without making certificates for both ends at each start, a sixth of the CPU of a small run.
   */
  isAlone?: boolean;
  /** Address of the egress proxy; absent where the phase has no network. */
  proxy?: string;
  /** Credentials, sealed variables and inputs of this phase. They never win over what is set here. */
  phase?: Readonly<Record<string, string>>;
}

const reservedNames = new Set([
  "PATH",
  "HOME",
  "TMPDIR",
  "USER",
  "LANG",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
  "all_proxy",
  "NODE_USE_ENV_PROXY",
  "NODE_COMPILE_CACHE",
  "CHECKPOINT_DISABLE",
]);

/**
 * Puts what code says of OpenTofu's own encryption out of force, as the override file does with its backend: states are
 * sealed by the server, which reads their outputs and resources, and plans are held against the code they were made from.
 * Code that says `enforced = true` is refused by tofu itself.
 * https://opentofu.org/docs/language/state/encryption/#configuration
 */
const noEncryption = `method "unencrypted" "plumbline" {}
state {
  method = method.unencrypted.plumbline
}
plan {
  method = method.unencrypted.plumbline
}
`;

/**
 * Names that a repository or an operator cannot set for an engine: they would move its state, its plugins or its
 * arguments. All of `TF_` is ours, except the inputs, log levels and TF_TOKEN_ (registry logins).
 */
export function isReserved(name: string): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return true;
  if (name.startsWith("TF_")) return !/^TF_(VAR|TOKEN)_/.test(name) && name !== "TF_LOG" && name !== "TF_LOG_PROVIDER";
  return reservedNames.has(name);
}

/** The whole environment of an engine process: nothing is inherited. */
export function engineEnvironment(options: EnvironmentOptions): Record<string, string> {
  const phase = Object.entries(options.phase ?? {}).filter(([name]) => !isReserved(name));
  return {
    ...Object.fromEntries(phase),
    PATH: options.path,
    HOME: options.home,
    TMPDIR: options.temporary,
    USER: "plumbline",
    LANG: "C.UTF-8",
    TF_DATA_DIR: options.dataDirectory,
    TF_CLI_CONFIG_FILE: options.cliConfigFile,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    ...(options.engine === "tofu" ? { TF_ENCRYPTION: noEncryption } : {}),
    ...(options.isAlone === true ? { TF_DISABLE_PLUGIN_TLS: "1" } : {}),
    ...(options.state ? stateVariables(options.state) : {}),
    ...(options.proxy ? proxyVariables(options.proxy) : {}),
  };
}

function stateVariables(state: StateAddress): Record<string, string> {
  return {
    TF_HTTP_ADDRESS: state.address,
    TF_HTTP_LOCK_ADDRESS: state.address,
    TF_HTTP_UNLOCK_ADDRESS: state.address,
    TF_HTTP_LOCK_METHOD: "LOCK",
    TF_HTTP_UNLOCK_METHOD: "UNLOCK",
    TF_HTTP_USERNAME: state.username,
    TF_HTTP_PASSWORD: state.password,
    // the proxy before us retries until the server has answered: a 4xx or 409 is final
    TF_HTTP_RETRY_MAX: "2",
  };
}

function proxyVariables(proxy: string): Record<string, string> {
  return {
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
  };
}
