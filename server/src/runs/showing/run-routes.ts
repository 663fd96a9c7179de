import { cancelRun, getRun, getRunLog, listRuns, retryRun, streamRunLog } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { forClient } from "../../access/for-client.ts";
import { register } from "../../platform/http/index.ts";
import type { Api } from "../../platform/http/index.ts";
import * as cancel from "../cancel-run.ts";
import * as read from "./read-runs.ts";
import * as retry from "../starting/retry-run.ts";
import { streamLog } from "./stream-log.ts";
import type { RunsContext } from "../runs-context.ts";

/** Routes of runs for people. */
export function runRoutes(api: Api<Actor>, context: RunsContext): void {
  register(api, listRuns, ({ actor, query }) => read.listRuns(context, forClient(actor, query.client), query));
  register(api, getRun, ({ actor, params }) => read.getRun(context, actor, params.number));
  register(api, getRunLog, ({ actor, params, query }) => read.readLog(context, actor, params.number, query.after));
  register(api, streamRunLog, ({ actor, params, request, reply }) =>
    streamLog(context, api, actor, params.number, request, reply),
  );
  register(api, cancelRun, async ({ actor, params }) => {
    await cancel.cancelRun(context, actor, params.number);
    return read.getRun(context, actor, params.number);
  });
  register(api, retryRun, async ({ actor, params }) => {
    await retry.retryRun(context, actor, params.number);
    return read.getRun(context, actor, params.number);
  });
}
