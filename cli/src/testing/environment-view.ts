import type { EnvironmentView } from "@plumbline/contract";

/** An environment that follows main. */
export function environmentView(name: string, changes: Partial<EnvironmentView> = {}): EnvironmentView {
  return {
    name,
    order: 0,
    pin: null,
    approvals: 1,
    ticketRequired: false,
    ticketPattern: null,
    credentials: null,
    driftEverySeconds: 900,
    behind: 0,
    ...changes,
  };
}
