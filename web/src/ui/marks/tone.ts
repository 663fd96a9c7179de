/** The signal colours of the design; `ink` is no signal. */
export type Tone = "ink" | "chalk" | "ok" | "held" | "failed" | "frozen" | "critical" | "high" | "medium" | "low";
