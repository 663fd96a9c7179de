import { resolve } from "node:path";
import type { ConfigFile } from "./schema.ts";

/** The installation's configuration, complete. Durations are seconds, sizes bytes, paths absolute. */
export interface Config extends Readonly<Omit<ConfigFile, "publicUrl" | "rootKey" | "database">> {
  /** Without a slash at the end. */
  readonly publicUrl: string;
  readonly rootKey: { readonly file: string };
  readonly database: Readonly<Omit<ConfigFile["database"], "embedded">> & {
    readonly embedded: { readonly binaries?: string; readonly dataDir: string };
  };
}

/** Fills in what follows from other keys; relative paths count from `base`. */
export function completeConfig(file: ConfigFile, base: string): Config {
  const absolute = (path: string) => resolve(base, path);
  const dataDir = absolute(file.dataDir);
  const { binaries, dataDir: databaseDir } = file.database.embedded;
  const { terraform, tofu, opa, git } = file.tools;
  return deepFreeze({
    ...file,
    publicUrl: (file.publicUrl ?? listenUrl(file)).replace(/\/+$/, ""),
    ...(file.tls ? { tls: { certFile: absolute(file.tls.certFile), keyFile: absolute(file.tls.keyFile) } } : {}),
    ...(file.webDir === undefined ? {} : { webDir: absolute(file.webDir) }),
    dataDir,
    rootKey: { file: file.rootKey.file === undefined ? resolve(dataDir, "root.key") : absolute(file.rootKey.file) },
    database: {
      ...file.database,
      embedded: {
        ...(binaries === undefined ? {} : { binaries: absolute(binaries) }),
        dataDir: databaseDir === undefined ? resolve(dataDir, "postgres") : absolute(databaseDir),
      },
    },
    tools: {
      ...(terraform === undefined ? {} : { terraform: absolute(terraform) }),
      ...(tofu === undefined ? {} : { tofu: absolute(tofu) }),
      ...(opa === undefined ? {} : { opa: absolute(opa) }),
      ...(git === undefined ? {} : { git: absolute(git) }),
    },
  });
}

function listenUrl(file: ConfigFile): string {
  const everywhere = file.listen.host === "0.0.0.0" || file.listen.host === "::";
  const host = everywhere ? "localhost" : file.listen.host.includes(":") ? `[${file.listen.host}]` : file.listen.host;
  return `${file.tls ? "https" : "http"}://${host}:${file.listen.port}`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
  return value;
}
