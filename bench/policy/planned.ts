/** One planned resource: its attributes; what is known only after apply; what its code refers to. */
export interface Planned {
  type: string;
  name: string;
  values: Record<string, unknown>;
  unknown?: Record<string, unknown>;
  references?: Record<string, string[]>;
}
