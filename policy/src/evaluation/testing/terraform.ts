import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";

/** terraform or tofu on PATH. */
export function findEngine(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return ["terraform", "tofu"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** A filesystem mirror that holds this provider: the configured one, else one of the usual places. */
export function findMirror(provider: string): string | undefined {
  const configured = process.env["PLUMBLINE_PROVIDER_MIRROR"];
  const below = ["/opt", "/srv", "/usr/local", "/usr/local/share"].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [],
  );
  const places = [...(configured === undefined ? [] : [configured]), "/usr/share/terraform/plugins", ...below];
  return places.find((folder) => existsSync(join(folder, provider)));
}

/** What the engine itself makes of a directory: the plan as JSON, or with `apply` the state. Nothing is written into the directory. */
export function askEngine(
  engine: string,
  directory: string,
  options: { mirror?: string; apply?: boolean } = {},
): unknown {
  const work = mkdtempSync(join(tmpdir(), "evaluation-"));
  try {
    cpSync(directory, work, { recursive: true });
    const configuration = join(work, "engine.rc");
    writeFileSync(
      configuration,
      options.mirror === undefined
        ? ""
        : `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(options.mirror)}\n  }\n}\n`,
    );
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: work,
      TF_CLI_CONFIG_FILE: configuration,
      CHECKPOINT_DISABLE: "1",
    };
    const run = (...parameters: string[]): string =>
      execFileSync(engine, parameters, {
        cwd: work,
        env,
        encoding: "utf8",
        maxBuffer: 64 << 20,
        stdio: ["ignore", "pipe", "pipe"],
      });
    run("init", "-input=false", "-no-color");
    if (options.apply === true) run("apply", "-auto-approve", "-input=false", "-no-color");
    else run("plan", "-input=false", "-no-color", "-out=saved.bin");
    return JSON.parse(run("show", "-json", ...(options.apply === true ? [] : ["saved.bin"])));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Every file of a directory: relative path → text. */
export function readFiles(directory: string): Map<string, string> {
  const files = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) visit(path);
      else files.set(relative(directory, path), readFileSync(path, "utf8"));
    }
  };
  visit(directory);
  return files;
}
