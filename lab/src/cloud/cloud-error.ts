import type { Complaint } from "../kinds/check-values.ts";

/** A refusal that reaches the caller as `{"error": {code, message, complaints}}` with this HTTP status. */
export class CloudError extends Error {
  readonly status: number;
  readonly code: string;
  readonly complaints: readonly Complaint[];

  constructor(status: number, code: string, message: string, complaints: readonly Complaint[] = []) {
    super(message);
    this.name = "CloudError";
    this.status = status;
    this.code = code;
    this.complaints = complaints;
  }
}
