import { problem } from "@plumbline/contract/errors";
import { parse } from "yaml";
import { z } from "zod";
import { ScannerConfigurations } from "./tool-configuration.ts";
import type { ScannerConfiguration } from "./tool-configuration.ts";

const ScannerFile = z.looseObject({ scanners: ScannerConfigurations });

/**
 * The scanners that a YAML or JSON file describes under the key `scanners`: a file of its own, or a runner's whole
 * configuration. Throws `config_invalid` naming the key.
 */
export function readScannerFile(text: string, file: string): ScannerConfiguration[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch (fault) {
    throw problem("config_invalid", `${file}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const read = ScannerFile.safeParse(content);
  if (read.success) return read.data.scanners;
  const [issue] = read.error.issues;
  throw problem("config_invalid", `${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? "is wrong"}`);
}
