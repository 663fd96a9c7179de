import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { problem } from "@plumbline/contract";
import type { Place } from "@plumbline/contract";
import { describeIssue } from "@plumbline/contract/configuration/schemas/describe-issue";
import { LineCounter, isNode, parseDocument } from "yaml";
import type { Document } from "yaml";
import { completeConfig } from "./config.ts";
import type { Config } from "./config.ts";
import { environmentSettings } from "./environment.ts";
import type { EnvironmentSetting } from "./environment.ts";
import { ConfigFile } from "./schema.ts";

interface SourceFile {
  name: string;
  document: Document;
  lines: LineCounter;
  content: Record<string, unknown>;
}

/**
 * Reads the configuration: defaults, then the file (YAML or JSON; optional), then the environment. Relative paths count
 * from the file's folder, or from the working directory `cwd` where there is no file. The answer is frozen.
 *
 * Throws `config_invalid` with every mistake: its key, the file and line or the environment variable, and a proposal.
 */
export function readConfig(source: {
  file?: string;
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
}): Config {
  const base = source.cwd ?? process.cwd();
  const file = source.file === undefined ? undefined : readSource(resolve(base, source.file));
  const settings = environmentSettings(source.env ?? {});
  const merged = settings.reduce(withSetting, file?.content ?? {});
  const parsed = ConfigFile.safeParse(merged);
  if (parsed.success) return completeConfig(parsed.data, file ? dirname(file.name) : base);
  const mistakes = parsed.error.issues.flatMap((issue) =>
    describeIssue(issue, ConfigFile, merged).map((mistake) => located(mistake, file, settings)),
  );
  throw problem("config_invalid", mistakes.map((mistake) => mistake.text).join("\n"), {
    places: mistakes.flatMap((mistake) => (mistake.place ? [mistake.place] : [])),
  });
}

function readSource(name: string): SourceFile {
  let text: string;
  try {
    text = readFileSync(name, "utf8");
  } catch (cause) {
    throw problem("config_invalid", `The configuration file ${name} cannot be read.`, {
      cause,
      next: "Correct the path after --config, and let the user that the server runs as read the file.",
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const place = placeAt({ name, lines }, error.pos[0]);
    throw problem("config_invalid", `${name}:${place.line}: ${error.message}`, { places: [place] });
  }
  const content: unknown = document.toJS() ?? {};
  if (!isRecord(content))
    throw problem("config_invalid", `${name}: a mapping of keys is expected, such as "listen: {port: 8300}".`);
  return { name, document, lines, content };
}

function withSetting(content: Record<string, unknown>, setting: EnvironmentSetting): Record<string, unknown> {
  const put = (target: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return setting.value;
    const members = isRecord(target) ? target : {};
    return { ...members, [key]: put(members[key], rest) };
  };
  const changed = put(content, setting.path);
  return isRecord(changed) ? changed : content;
}

function located(
  mistake: { path: readonly PropertyKey[]; text: string },
  file: SourceFile | undefined,
  settings: EnvironmentSetting[],
): { text: string; place?: Place } {
  const setting = settings.find(({ path }) => path.every((part, index) => part === mistake.path[index]));
  if (setting) return { text: `${setting.variable}: ${mistake.text}` };
  if (!file) return { text: mistake.text };
  const place = placeAt(file, offsetOf(file.document, mistake.path));
  return { text: `${file.name}:${place.line}: ${mistake.text}`, place };
}

/** Where a key stands in the document, or the nearest key above it that does. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isRecord(parent) && Array.isArray(parent["items"])) {
      for (const item of parent["items"]) {
        const node: unknown = isRecord(item) ? item["key"] : undefined;
        if (isNode(node) && String(node) === String(key) && node.range) return node.range[0];
      }
      const element: unknown = typeof key === "number" ? parent["items"][key] : undefined;
      if (isNode(element) && element.range) return element.range[0];
    }
  }
  return 0;
}

function placeAt(file: { name: string; lines: LineCounter }, offset: number): Place {
  const { line, col } = file.lines.linePos(offset);
  return { file: file.name, line: Math.max(line, 1), column: Math.max(col, 1) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
