import type { AnswerOf } from "../../api/endpoints.ts";

type Run = Pick<AnswerOf<"getRun">, "operations" | "plan" | "status">;
type Operation = Run["operations"][number];

/** One line of the chart. `from` and `length` are parts of the whole time, 0 to 1; null for what has not begun. */
export interface OperationRow {
  key: string;
  address: string;
  action: Operation["action"] | "replace";
  state: "waits" | "running" | "ok" | "failed" | "unfinished" | "not begun";
  bar: { from: number; length: number } | null;
  /** Seconds from the first operation's beginning to this one's, and how long it took or has taken so far. */
  begins: number;
  seconds: number;
}

/** What an apply did to each resource, then what the plan still wants; `total` is the length of the axis in seconds. */
export function operationRows(run: Run, now: number): { rows: OperationRow[]; total: number; done: number } {
  const { operations, plan } = run;
  const running = run.status === "running";
  const starts = operations.map(({ startedAt }) => Date.parse(startedAt));
  const ends = operations.map(({ startedAt, finishedAt }) =>
    finishedAt === null ? (running ? now : Date.parse(startedAt)) : Date.parse(finishedAt),
  );
  const first = Math.min(...starts);
  const last = Math.max(...ends);
  const total = operations.length === 0 ? 0 : Math.max(0.001, (last - first) / 1000);
  const rows = operations.map((operation, index): OperationRow => {
    const { address, action, outcome, finishedAt } = operation;
    const begins = ((starts[index] ?? first) - first) / 1000;
    const end = finishedAt === null && !running ? last : (ends[index] ?? last);
    const seconds = Math.max(0, (end - (starts[index] ?? first)) / 1000);
    return {
      key: `${action} ${address}`,
      address,
      action,
      state: outcome === "running" && !running ? "unfinished" : outcome,
      bar: { from: begins / total, length: seconds / total },
      begins,
      seconds,
    };
  });
  const seen = new Set(operations.map(({ address }) => address));
  const rest = (plan?.resources ?? []).flatMap(({ address, action }): OperationRow[] =>
    seen.has(address) || !isChange(action)
      ? []
      : [
          {
            key: `waits ${address}`,
            address,
            action,
            state: running ? "waits" : "not begun",
            bar: null,
            begins: 0,
            seconds: 0,
          },
        ],
  );
  return { rows: [...rows, ...rest], total, done: rows.filter(({ state }) => state === "ok").length };
}

function isChange(action: string): action is OperationRow["action"] {
  return ["create", "update", "delete", "replace"].includes(action);
}
