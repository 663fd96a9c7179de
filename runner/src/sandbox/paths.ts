/** Where things are inside every sandbox: the same for all runs, so that plans do not differ by where they were made. */
export const sandboxPaths = {
  /** The repository's tree. */
  work: "/work",
  /** Programs: the engine, node. Read-only. */
  bin: "/plumbline/bin",
  /** The engine's data folder (modules, provider links). */
  data: "/plumbline/data",
  /** The plan. */
  out: "/plumbline/out",
  planFile: "/plumbline/out/plan",
  cliConfig: "/plumbline/cli.tfrc",
  /** Provider mirrors, numbered in the order of the configuration. */
  mirrors: "/plumbline/mirrors",
  /** Plumbline's own programs, for the check phase. */
  app: "/plumbline/app",
  compileCache: "/plumbline/compile-cache",
  certificates: "/plumbline/certificates.pem",
  tools: "/plumbline/tools",
  home: "/tmp",
} as const;

/** PATH inside a sandbox. */
export const sandboxPath = `${sandboxPaths.bin}:/usr/local/bin:/usr/bin:/bin`;
