import type { Finding, Patch, SourcePlace } from "@plumbline/contract";
import type { ScanReport } from "@plumbline/policy/scan/scan-report";
import { printableLine } from "../terminal/clean.ts";
import type { Look } from "../terminal/look.ts";
import { statusStyle } from "../terminal/status-style.ts";
import { plural } from "../terminal/words.ts";
import { wrap } from "../terminal/width.ts";
import { codeFrame } from "./code-frame.ts";

/** Lines of a report for people. It has been made printable; `files` are the sources as they are. */
export function textReport(report: ScanReport, files: ReadonlyMap<string, string>, look: Look): string[] {
  const lineAt = lineReader(files);
  const failing = report.findings.filter(({ outcome }) => outcome === "fail");
  const open = report.findings.filter(({ outcome }) => outcome === "unknown");
  return [
    ...failing.flatMap((finding) => [...findingBlock(finding, lineAt, look), ""]),
    ...titled(look, "Will be judged after apply:", open.map(openLine)),
    ...titled(
      look,
      "Not known from the sources:",
      report.unknowns.map(({ what, address, file, line }) =>
        [file === undefined ? "" : `${file}:${line ?? 1}: `, address === undefined ? "" : `${address}: `, what].join(
          "",
        ),
      ),
    ),
    ...titled(
      look,
      look.paint("red", "Could not be judged:"),
      report.failures.flatMap(({ message, next, places }) => [
        ...message.split("\n"),
        ...places.map((place) => `  ${positionOf(place)}`),
        `  ${look.paint("bold", "Next:")} ${next}`,
      ]),
    ),
    summaryLine(report, look),
  ];
}

/** What came out, in one line. */
export function summaryLine({ counts, judged, exitCode, failOn, kind }: ScanReport, look: Look): string {
  const numbers = (["critical", "high", "medium", "low"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => look.paint(statusStyle(severity), `${counts[severity]} ${severity}`));
  const found = numbers.length === 0 ? look.paint("green", "Nothing found") : numbers.join(", ");
  const open = counts.unknown === 0 ? "" : `, ${counts.unknown} to be judged after apply`;
  const files = kind === "state" ? "" : ` and ${plural(judged.files, "source file")}`;
  const verdict =
    exitCode === 2 ? " Not everything could be judged." : exitCode === 1 ? ` Failed: ${failOn} or worse.` : "";
  return `${found}${open}: ${plural(judged.resources, "resource")}${files}, ${plural(judged.rules, "rule")}.${verdict}`;
}

function findingBlock(finding: Finding, lineAt: LineReader, look: Look): string[] {
  const { severity, title, rule, place, address, chain, why, fix, controls, owners = [], patch, seenBy = [] } = finding;
  const where = [place && positionOf(place), address].filter((part) => part !== undefined).join("  ");
  const steps = chain.slice(1);
  return [
    `${look.paint(["bold", ...styleOf(severity)], severity)}  ${look.paint("bold", title)}  ${look.paint("dim", `[${rule}]`)}`,
    ...(where === "" ? [] : [`  ${where}`]),
    ...(place ? codeFrame(place, lineAt(place), look) : []),
    ...steps.flatMap((step, index) => [
      `  ${index === steps.length - 1 ? "caused by" : "from"} ${positionOf(step)}`,
      ...codeFrame(step, lineAt(step), look),
    ]),
    ...paragraph("why", why, look),
    ...paragraph("fix", fix, look),
    ...(patch ? patchLines(patch, look) : []),
    ...(owners.length === 0 ? [] : [`  ${look.paint("cyan", "owner:")} ${owners.join(" ")}`]),
    ...(seenBy.length < 2 ? [] : [`  ${look.paint("cyan", "seen by:")} ${seenBy.join(", ")}`]),
    ...(controls.length === 0 ? [] : [`  ${look.paint("dim", controls.join(", "))}`]),
  ];
}

/** The lines that `--fix` would write. */
function patchLines({ before, lines }: Patch, look: Look): string[] {
  return [
    ...before.map((line) => `      ${look.paint("red", `- ${line}`)}`),
    ...lines.map((line) => `      ${look.paint("green", `+ ${line}`)}`),
  ];
}

function styleOf(severity: string): NonNullable<ReturnType<typeof statusStyle>>[] {
  const style = statusStyle(severity);
  return style === undefined ? [] : [style];
}

function paragraph(name: string, text: string, look: Look): string[] {
  const columns = look.columns === undefined ? undefined : Math.max(20, look.columns - 7);
  return text
    .split("\n")
    .flatMap((line) => wrap(line, columns))
    .map((line, index) => `  ${index === 0 ? look.paint("cyan", `${name}:`) : "    "} ${line}`);
}

function openLine({ place, address, title, rule }: Finding): string {
  return `${[place && positionOf(place), address].filter((part) => part !== undefined).join("  ")}  ${title}  [${rule}]`;
}

function titled(look: Look, title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [look.paint("bold", title), ...lines.map((line) => `  ${line}`), ""];
}

function positionOf({ file, line, column }: { file: string; line: number; column?: number | undefined }): string {
  return `${file}:${line}${column === undefined ? "" : `:${column}`}`;
}

type LineReader = (place: SourcePlace) => string | undefined;

function lineReader(files: ReadonlyMap<string, string>): LineReader {
  const lines = new Map<string, string[]>();
  return ({ file, line }) => {
    const known = lines.get(file) ?? files.get(file)?.split("\n") ?? [];
    lines.set(file, known);
    const text = known[line - 1];
    return text === undefined ? undefined : printableLine(text);
  };
}
