import { accessSync, constants, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { Problem } from "@plumbline/contract/errors";
import { runProgram } from "@plumbline/policy/rego/run-program";
import type { RunProgram } from "@plumbline/policy/rego/run-program";
import { verifyTool } from "@plumbline/policy/scanners/hash-tool";
import { readScannerFile } from "@plumbline/policy/scanners/read-scanner-file";
import type { ScannerRequest, ScannerTool } from "@plumbline/policy/scanners/scanner";
import { toolOf } from "@plumbline/policy/scanners/tool-configuration";
import type { ScanScanners } from "@plumbline/policy/scan/scan-input";
import { UsageFault } from "../command/faults.ts";

/** What a person says about scanners. */
export interface ScannerFlags {
  /** Names given by `--scanner`. */
  wanted: readonly string[];
  /** The file given by `--scanners`. */
  file: string | undefined;
  /** What the policies ask for. */
  requests: readonly ScannerRequest[];
  policies?: ReadonlyMap<string, string>;
  searchPath: string;
}

/** The ones that may also come from PATH: who scans by hand would start the same program by hand. */
const onPath: readonly string[] = ["checkov", "trivy"];

/** Puts together which scanners have to run and which there are; undefined where none has to. Hashes of the file are checked. */
export async function scannersOf(flags: ScannerFlags): Promise<ScanScanners | undefined> {
  const requests = [...flags.requests];
  const configured = flags.file === undefined ? [] : await readConfigured(flags.file);
  const tools: ScannerTool[] = [...configured];
  for (const name of [...flags.wanted, ...requests.map((request) => request.name)]) {
    if (tools.some((tool) => tool.name === name)) continue;
    const kind = onPath.includes(name) ? (name === "trivy" ? "trivy" : "checkov") : undefined;
    const program = kind === undefined ? undefined : findOnPath(name, flags.searchPath);
    if (kind !== undefined && program !== undefined) tools.push({ name, kind, program });
  }
  for (const name of flags.wanted) {
    const tool = tools.find((one) => one.name === name);
    if (!tool)
      throw new UsageFault(
        `There is no scanner ${name}.`,
        `Describe it in a file given by --scanners${onPath.includes(name) ? ", or put it on PATH" : ""}.`,
      );
    if (!requests.some((request) => request.name === name)) requests.push({ name, kind: tool.kind });
  }
  if (requests.length === 0) return undefined;
  const run = await offline(flags.searchPath);
  return {
    requests,
    tools,
    directory: tmpdir(),
    run,
    ...(flags.policies ? { policies: flags.policies } : {}),
  };
}

async function readConfigured(file: string): Promise<ScannerTool[]> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    throw new UsageFault(`${file} cannot be read: ${said}`, "--scanners names a YAML file with the key scanners.");
  }
  try {
    const configured = readScannerFile(text, file);
    await Promise.all(configured.map(({ path, directory, sha256 }) => verifyTool(directory ?? path, sha256)));
    return configured.map(toolOf);
  } catch (fault) {
    // 1 would say that something was found.
    if (fault instanceof Problem) throw new UsageFault(fault.message, `Correct ${file}.`);
    throw fault;
  }
}

function findOnPath(name: string, searchPath: string): string | undefined {
  return searchPath
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Starts scanners without network and with nothing to write to but their own directory, where bubblewrap can do that. */
async function offline(searchPath: string): Promise<RunProgram> {
  const bwrap = findOnPath("bwrap", searchPath);
  if (bwrap === undefined) return runProgram;
  const contained = [
    "--unshare-net",
    "--unshare-pid",
    "--die-with-parent",
    "--ro-bind",
    "/",
    "/",
    "--dev",
    "/dev",
    "--proc",
    "/proc",
  ];
  const trial = await runProgram(bwrap, [...contained, "true"], {
    timeoutMs: 10_000,
    environment: { PATH: "/usr/bin:/bin" },
    directory: "/",
  }).catch(() => undefined);
  if (trial?.exitCode !== 0) return runProgram;
  return (program, args, options) => {
    const own = dirname(options.directory);
    const inside = ["--bind", own, own, "--chdir", options.directory, "--", program, ...args];
    return runProgram(bwrap, [...contained, ...inside], options);
  };
}
