/**
 * The lines of `plan -json`, `apply -json` and `init -json` ("machine-readable UI" in the documentation of both
 * engines), as far as something here depends on them. Lines of other types are kept whole as `other`.
 */
export type UiEvent =
  | { type: "version"; engine: string; raw: UiLine }
  | { type: "diagnostic"; diagnostic: UiDiagnostic; raw: UiLine }
  | { type: "planned_change"; address: string; action: string; reason: string | undefined; raw: UiLine }
  | { type: "resource_drift"; address: string; action: string; raw: UiLine }
  | { type: "change_summary"; operation: string; counts: ChangeCounts; raw: UiLine }
  | { type: "outputs"; names: string[]; raw: UiLine }
  | { type: "apply_start"; address: string; action: string; raw: UiLine }
  | { type: "apply_progress"; address: string; action: string; seconds: number; raw: UiLine }
  | {
      type: "apply_complete";
      address: string;
      action: string;
      id: ResourceId | undefined;
      seconds: number;
      raw: UiLine;
    }
  | { type: "apply_errored"; address: string; action: string; seconds: number; raw: UiLine }
  | { type: "other"; name: string; raw: UiLine };

/** A parsed line. Keys that begin with `@` are the logger's: `@level`, `@message`, `@timestamp`. */
export type UiLine = Readonly<Record<string, unknown>>;

/** How many resources an operation adds, changes, removes, imports. */
export interface ChangeCounts {
  add: number;
  change: number;
  remove: number;
  import: number;
}

/** By what a created resource is found again. */
export interface ResourceId {
  key: string;
  value: string;
}

/** An error or warning of the engine. Lines and columns count from 1. */
export interface UiDiagnostic {
  severity: "error" | "warning";
  summary: string;
  detail: string;
  address: string | undefined;
  range: UiRange | undefined;
}

/** A place in the component's folder, or relative to where the engine ran. */
export interface UiRange {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}
