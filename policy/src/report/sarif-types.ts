/** The part of SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/) that is written here. */
export interface SarifLog {
  $schema: string;
  version: "2.1.0";
  runs: SarifRun[];
}

export interface SarifRun {
  tool: { driver: { name: string; version: string; semanticVersion: string; rules: SarifRule[] } };
  columnKind: "utf16CodeUnits";
  invocations: { executionSuccessful: boolean; exitCode: number; toolExecutionNotifications: SarifNotification[] }[];
  results: SarifResult[];
}

export interface SarifRule {
  id: string;
  shortDescription: { text: string };
  fullDescription: { text: string };
  help: { text: string };
  defaultConfiguration: { level: SarifLevel };
  properties: { tags: string[]; "security-severity": string; severity: string };
}

export interface SarifNotification {
  level: "error" | "note";
  message: { text: string };
  locations?: SarifLocation[];
}

export interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  kind: "fail" | "open";
  level: SarifLevel;
  message: { text: string };
  locations: SarifLocation[];
  relatedLocations?: SarifLocation[];
  fixes?: SarifFix[];
  partialFingerprints: Record<string, string>;
  properties: { severity: string; outcome: string; category: string; source: string; owners?: string[] };
}

export interface SarifFix {
  description: { text: string };
  artifactChanges: {
    artifactLocation: { uri: string };
    replacements: {
      deletedRegion: { startLine: number; startColumn: number; endLine: number; endColumn: number };
      insertedContent: { text: string };
    }[];
  }[];
}

export interface SarifLocation {
  id?: number;
  physicalLocation: {
    artifactLocation: { uri: string };
    region?: { startLine: number; startColumn?: number; endLine?: number; snippet?: { text: string } };
  };
  logicalLocations?: { fullyQualifiedName: string; kind: "resource" }[];
  message?: { text: string };
}

export type SarifLevel = "none" | "note" | "warning" | "error";
