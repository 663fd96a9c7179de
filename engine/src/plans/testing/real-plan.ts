import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** A plan made by a real engine. */
export interface RealPlan {
  json: string;
  savedPlan: Uint8Array;
  /** All files of the tree by path, those that init wrote included; `directory` is the root module. */
  files: Map<string, Uint8Array>;
}

/** A tree in which a real engine plans and applies; only its built-in provider is needed. */
export interface RealTree {
  write(files: Record<string, string>): void;
  plan(): RealPlan;
  apply(): void;
  remove(): void;
}

/** The engine on PATH, or undefined. Says so loudly, since tests are skipped then. */
export function engineOnPath(): string | undefined {
  for (const name of ["terraform", "tofu"]) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const path = join(folder, name);
      if (folder !== "" && existsSync(path)) return path;
    }
  }
  process.stderr.write("\nSKIPPED: neither terraform nor tofu is on PATH; tests with real plans do not run.\n\n");
  return undefined;
}

/** Makes a temporary tree; the engine runs in its folder `directory`. */
export function realTree(engine: string, directory: string): RealTree {
  const root = mkdtempSync(join(tmpdir(), "plumbline-plan-"));
  const cwd = join(root, directory);
  const run = (...args: string[]): string =>
    execFileSync(engine, args, {
      cwd,
      encoding: "utf8",
      env: { PATH: "/usr/bin:/bin", HOME: root, CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64_000_000,
    });
  return {
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    plan() {
      run("init", "-input=false", "-no-color");
      run("plan", "-input=false", "-no-color", "-out=plan.bin");
      const json = run("show", "-json", "plan.bin");
      const savedPlan = readFileSync(join(cwd, "plan.bin"));
      rmSync(join(cwd, "plan.bin"));
      const files = new Map<string, Uint8Array>();
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        files.set(path.slice(root.length + 1), readFileSync(path));
      }
      return { json, savedPlan, files };
    },
    apply: () => void run("apply", "-input=false", "-no-color", "-auto-approve"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
