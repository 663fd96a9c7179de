import { workspaceName, workspacePath } from "@plumbline/contract/configuration/workspaces";
import { systemActor } from "../access/actor.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { announce } from "../platform/live.ts";
import { countOpenAlarms, insertAlarm } from "./alarm-store.ts";
import { overdueWorkspaces } from "./check-store.ts";
import type { DueWorkspace } from "./check-store.ts";
import { timeWords } from "./drift-case.ts";
import type { DriftContext } from "./drift-context.ts";

/** So many workspaces are named in a message. */
const mostNamed = 10;

/**
 * Raises an alarm for every check that was due longer ago than the grace time. A check that ends, ends its alarm. People are
 * told by environment, and anew when twice as many are late: a runner that stops makes hundreds late one after the other.
 */
export async function raiseOverdueAlarms(context: DriftContext): Promise<number> {
  const now = context.clock.now();
  const before = new Date(now.getTime() - context.settings.graceSeconds * 1_000);
  const late = await context.db.systemTransaction((tx) => overdueWorkspaces(tx, before));
  const places = Map.groupBy(late, ({ organizationId, environment }) => `${organizationId} ${environment}`);
  for (const workspaces of places.values()) await raiseIn(context, workspaces, now);
  return late.length;
}

/** The alarms of an environment's workspaces. */
async function raiseIn(context: DriftContext, workspaces: readonly DueWorkspace[], now: Date): Promise<void> {
  const [first] = workspaces;
  if (first === undefined) return;
  const { organizationId, environment } = first;
  await context.db.transaction(organizationId, async (tx) => {
    const open = await countOpenAlarms(tx, environment);
    const raised: DueWorkspace[] = [];
    for (const workspace of workspaces) {
      const { workspaceId, dueAt } = workspace;
      const alarm = { id: context.newId(), workspaceId, dueAt, raisedAt: now };
      if (await insertAlarm(tx, organizationId, alarm)) raised.push(workspace);
    }
    if (raised.length === 0) return;
    if (doublings(open + raised.length) > doublings(open))
      await context.notify(tx, organizationId, {
        event: "check_overdue",
        ...messageOf(raised, open, now),
        recipients: [],
        environments: [environment],
        part: null,
      });
    await announce(tx, organizationId, [...raised.map((one) => `workspace:${nameOf(one)}`), "overview"]);
    for (const workspace of raised)
      await recordAudit(tx, systemActor(organizationId, workspace.organization), {
        action: "overdue.raised",
        text: `a drift check of ${nameOf(workspace)} is ${lateness(workspace, now)} late`,
        workspace: nameOf(workspace),
        environment,
        details: { dueAt: workspace.dueAt.toISOString() },
      });
  });
}

/** Of one workspace, or of all that are late in an environment where there are more. */
function messageOf(
  raised: readonly DueWorkspace[],
  open: number,
  now: Date,
): { subject: string; body: string; link: string } {
  const [first] = raised.toSorted((left, right) => left.dueAt.getTime() - right.dueAt.getTime());
  if (first === undefined) throw new Error("Nothing was raised.");
  const { environment } = first;
  const todo = `Whoever operates the installation looks whether a runner for ${environment} is there and free.`;
  if (open + raised.length === 1) {
    const name = nameOf(first);
    return {
      subject: `${name} was not checked for drift in time`,
      body: `A check of ${name} is ${lateness(first, now)} late. ${todo}`,
      link: workspacePath(name),
    };
  }
  const names = raised.slice(0, mostNamed).map(nameOf).join(", ");
  const more = raised.length > mostNamed ? ` and ${raised.length - mostNamed} more` : "";
  return {
    subject: `${open + raised.length} workspaces of ${environment} were not checked for drift in time`,
    body: `New among them: ${names}${more}, up to ${lateness(first, now)} late. ${todo}`,
    link: `/workspaces?environment=${encodeURIComponent(environment)}`,
  };
}

function nameOf({ component, environment }: DueWorkspace): string {
  return workspaceName(component, environment);
}

function lateness({ dueAt }: DueWorkspace, now: Date): string {
  return timeWords(now.getTime() - dueAt.getTime());
}

/** How often one doubles up to a number: 0 for 0, 1 for 1, 2 for 2 and 3, 3 for 4 to 7. */
function doublings(count: number): number {
  return count === 0 ? 0 : Math.floor(Math.log2(count)) + 1;
}
