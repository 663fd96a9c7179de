import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Severity } from "@plumbline/contract";
import { scan } from "@plumbline/policy/scan/scan";
import type { ScanOptions, ScanScanners, ScanSubject } from "@plumbline/policy/scan/scan-input";
import type { ScanReport } from "@plumbline/policy/scan/scan-report";
import installation from "../../package.json" with { type: "json" };
import { printableJson } from "../command/context.ts";
import type { Context } from "../command/context.ts";
import { ProgramEnded, UsageFault } from "../command/faults.ts";
import { makePrintable } from "../terminal/clean.ts";
import { lookOf } from "../terminal/look.ts";
import { withOwners } from "./owners.ts";
import { readIfThere } from "./plan-sources.ts";
import { readPolicies } from "./read-policies.ts";
import type { ReadPolicies } from "./read-policies.ts";
import { readSubject } from "./read-subject.ts";
import { summaryLine, textReport } from "./text-report.ts";

/** What is given to `plumb scan` besides the path. */
export interface ScanFlags {
  policies?: string;
  format: "text" | "json" | "sarif" | "junit" | "gitlab" | "markdown";
  failOn: Severity;
  environment?: string;
  source?: string;
  output?: string;
  fix?: boolean;
  diff?: boolean;
  scanner?: string[];
  scanners?: string;
}

/** `plumb scan PATH`: prints the report; ends with 0, 1 or 2 as its `exitCode` says. */
export async function scanPath(context: Context, path: string, flags: ScanFlags): Promise<void> {
  const { policies, failOn, environment, source, output } = flags;
  const { subject: given, failures } = await readSubject(path, source, context.terminal);
  const read: ReadPolicies =
    policies === undefined ? { failures: [] } : await readPolicies(policies, context.terminal.env["PATH"]);
  const scanners = await askedScanners(flags, read, context);
  const options: ScanOptions = {
    ...read,
    failOn,
    ...(scanners ? { scanners } : {}),
    ...(environment === undefined ? {} : { environment }),
    failures: [...failures, ...read.failures],
  };
  const subject = flags.fix === true ? await fixed(context, given, options) : given;
  const report = withOwners(await scan(subject, options), source ?? path);
  const text =
    flags.diff === true
      ? await diffed(subject, options)
      : await render(report, subject, context.json ? "json" : flags.format, context);
  if (output === undefined) context.terminal.stdout.write(text);
  else {
    write(output, text);
    context.say(summaryLine(makePrintable(report), lookOf(context.terminal, "stderr")));
  }
  if (report.exitCode === 1) context.fail();
  // The report has said what could not be judged.
  if (report.exitCode === 2) throw new ProgramEnded(2);
}

/** The sources with what mends findings written into them; what could not be written is told in the report. */
async function fixed(context: Context, subject: ScanSubject, options: ScanOptions): Promise<ScanSubject> {
  const { fix, requireSources } = await import("./fix.ts");
  requireSources(subject);
  const { subject: after, failures } = await fix(context, subject, options);
  options.failures = [...(options.failures ?? []), ...failures];
  return after;
}

async function diffed(subject: ScanSubject, options: ScanOptions): Promise<string> {
  const { diffOf, requireSources } = await import("./fix.ts");
  requireSources(subject);
  return diffOf(subject, options);
}

/** Loaded only where a flag or a policy asks for scanners. */
async function askedScanners(
  flags: ScanFlags,
  { policyConfiguration, sentinel }: ReadPolicies,
  { terminal }: Context,
): Promise<ScanScanners | undefined> {
  const requests = policyConfiguration?.scanners ?? [];
  const wanted = flags.scanner ?? [];
  if (requests.length === 0 && wanted.length === 0) return undefined;
  const { scannersOf } = await import("./scanners.ts");
  const searchPath = terminal.env["PATH"] ?? "";
  return scannersOf({
    wanted,
    requests,
    file: flags.scanners,
    searchPath,
    ...(sentinel ? { policies: sentinel } : {}),
  });
}

async function render(
  report: ScanReport,
  subject: ScanSubject,
  format: ScanFlags["format"],
  { terminal }: Context,
): Promise<string> {
  const { version } = installation;
  const locate = locator(subject);
  const json = (value: unknown): string => `${printableJson(value)}\n`;
  switch (format) {
    case "json":
      return json(report);
    case "sarif":
      return json((await import("@plumbline/policy/report/sarif")).toSarif(report, { version, locate }));
    case "gitlab":
      return json((await import("@plumbline/policy/report/gitlab")).toGitlab(report, { version, locate }));
    case "junit":
      return (await import("@plumbline/policy/report/junit")).toJunit(report);
    case "markdown":
      return (await import("@plumbline/policy/report/markdown")).toMarkdown(report);
    case "text":
      return `${textReport(makePrintable(report), subject.files, lookOf(terminal, "stdout")).join("\n")}\n`;
  }
}

/** Paths that exist: where the sources came out of a saved plan, only those whose text on disk is the same. */
function locator({ files }: ScanSubject): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const text = files.get(file);
      const isThere = text === undefined ? existsSync(resolve(file)) : readIfThere(resolve(file)) === text;
      known.set(file, isThere ? file : undefined);
    }
    return known.get(file);
  };
}

function write(output: string, text: string): void {
  try {
    writeFileSync(output, text);
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    throw new UsageFault(`The report cannot be written: ${said}`, "Name a file in a directory that you may write to.");
  }
}
