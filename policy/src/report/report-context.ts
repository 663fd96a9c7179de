/** What a report needs to know besides what was found. */
export interface ReportContext {
  /** Version of plumb. */
  version: string;
  /**
   * The path under which readers of the report find a source file, with slashes: from the directory the scan ran in
   * where it lies below that, else absolute. Undefined where there is no such file, as with sources that only a saved plan holds.
   */
  locate: (file: string) => string | undefined;
}
