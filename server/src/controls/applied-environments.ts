import { setImmediate as breathe } from "node:timers/promises";
import { clouds } from "@plumbline/policy/controls/account";
import { controlCatalogues } from "@plumbline/policy/controls/all-catalogues";
import { rulesOfControls, rulesThatReadResources } from "@plumbline/policy/controls/applied-extract";
import type { AppliedExtract } from "@plumbline/policy/controls/applied-extract";
import { nameOfControl } from "@plumbline/policy/controls/control";
import { accountIn } from "@plumbline/policy/controls/environment-report";
import type { AppliedWorkspace } from "@plumbline/policy/controls/environment-report";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { appliedFindings, waiversInForce } from "../findings/applied-findings.ts";
import type { AppliedFinding } from "../findings/applied-findings.ts";
import { workspaceRefs } from "../states/workspace-ref.ts";
import type { WorkspaceRef } from "../states/workspace-ref.ts";
import { appliedExtracts } from "./applied-extracts.ts";
import type { WantedState } from "./applied-extracts.ts";
import type { ControlsContext } from "./controls-context.ts";
import type { ReportUnderWay } from "./judging-progress.ts";

/** An environment with what it is judged on. */
export interface AppliedEnvironment {
  name: string;
  /** Its own workspaces, and those of others that stand in an account of one of them. */
  workspaces: AppliedWorkspace[];
}

type IsWaived = Awaited<ReturnType<typeof waiversInForce>>;

/**
 * What is applied in the environments that the actor may read, in the order of promotion, or in one of them. They come one
 * after the other, and what an environment is judged on is let go with it: so memory holds what stands in one environment's
 * accounts, not in all of the organization's. Others are served in between, and who asked can be told how far it is.
 */
export async function* appliedEnvironments(
  context: ControlsContext,
  actor: Actor,
  environment: string | undefined,
): AsyncGenerator<AppliedEnvironment> {
  const underWay = context.progress.start(actor);
  try {
    yield* readInTurn(context, actor, environment, underWay);
  } finally {
    underWay.end();
  }
}

async function* readInTurn(
  context: ControlsContext,
  actor: Actor,
  environment: string | undefined,
  underWay: ReportUnderWay,
): AsyncGenerator<AppliedEnvironment> {
  const { organizationId } = actor;
  const { refs, findings } = await context.findings.db.transaction(organizationId, async (tx) => ({
    refs: (await workspaceRefs(tx)).filter((ref) => may(actor, "environment.read", ref.environment)),
    findings: await appliedFindings(tx, rulesOfControls),
  }));
  const wantedState = ({ id, stateVersion }: WorkspaceRef): WantedState => ({
    id,
    stateVersion,
    addresses: addressesRead(findings.get(id) ?? []),
  });
  const extractsOf = (some: readonly WorkspaceRef[]) => appliedExtracts(context, organizationId, some.map(wantedState));
  const { waived, names } = await readRepositories(context, organizationId, refs);
  const members = Map.groupBy(refs, (ref) => ref.environment);
  // Whatever environment is asked for: which others share an account with it, only their states tell.
  const accounts = new Map<string, AppliedExtract["accounts"]>();
  underWay.begin("reading", members.size);
  for (const own of members.values()) {
    for (const [id, extract] of await extractsOf(own)) accounts.set(id, extract.accounts);
    underWay.next();
  }
  const sharing = accountSharing(refs, accounts);
  const waivedControls = controlsWaivedIn();
  const judgedOnes = [...names].flatMap((name) => {
    const own = members.get(name);
    return own === undefined || (environment !== undefined && name !== environment) ? [] : [{ name, own }];
  });
  underWay.begin("judging", judgedOnes.length);
  for (const { name, own } of judgedOnes) {
    const judged = sharing(name, own);
    const extracts = await extractsOf(judged);
    await breathe();
    yield {
      name,
      workspaces: judged.flatMap((ref) => {
        const extract = extracts.get(ref.id);
        if (extract === undefined) return [];
        const found = findings.get(ref.id) ?? [];
        return {
          ...extract,
          name: ref.name,
          environment: ref.environment,
          findings: found.map(({ fingerprint, rule, address }) => ({
            fingerprint,
            rule,
            outcome: "fail" as const,
            ...(address === null ? {} : { address }),
          })),
          waived: waivedIn(ref.environment, found, waived.get(ref.repositoryId), waivedControls),
        };
      }),
    };
    underWay.next();
  }
}

/** Waivers of each repository, and the names of all environments in the order of promotion. */
async function readRepositories(
  context: ControlsContext,
  organizationId: string,
  refs: readonly WorkspaceRef[],
): Promise<{ waived: Map<string, IsWaived>; names: Set<string> }> {
  const waived = new Map<string, IsWaived>();
  const names = new Set<string>();
  for (const repositoryId of new Set(refs.map((ref) => ref.repositoryId))) {
    waived.set(repositoryId, await waiversInForce(context.findings, { organizationId, repositoryId }));
    for (const name of await context.environments(organizationId, repositoryId)) names.add(name);
  }
  for (const ref of refs) names.add(ref.environment);
  return { waived, names };
}

/** Answers for an environment's workspaces: them, and all that stand in an account, of whatever cloud, of one of them. */
function accountSharing(
  all: readonly WorkspaceRef[],
  accounts: ReadonlyMap<string, AppliedExtract["accounts"]>,
): (environment: string, members: readonly WorkspaceRef[]) => WorkspaceRef[] {
  const position = new Map(all.map((ref, index) => [ref, index]));
  const byAccount = new Map<string, WorkspaceRef[]>();
  for (const ref of all)
    for (const [cloud, account] of Object.entries(accounts.get(ref.id) ?? {})) {
      const key = `${cloud} ${account}`;
      const others = byAccount.get(key);
      if (others === undefined) byAccount.set(key, [ref]);
      else others.push(ref);
    }
  return (environment, members) => {
    const keys = members.flatMap(({ id }) =>
      clouds.map((cloud) => `${cloud} ${accountIn({ accounts: accounts.get(id) ?? {}, environment }, cloud)}`),
    );
    const shared = new Set([...members, ...[...new Set(keys)].flatMap((key) => byAccount.get(key) ?? [])]);
    return [...shared].toSorted((left, right) => (position.get(left) ?? 0) - (position.get(right) ?? 0));
  };
}

function addressesRead(findings: readonly AppliedFinding[]): Set<string> {
  return new Set(
    findings.flatMap(({ rule, address }) => (address !== null && rulesThatReadResources.has(rule) ? [address] : [])),
  );
}

/** Fingerprints of waived findings, and names of waived controls. */
function waivedIn(
  environment: string,
  findings: readonly AppliedFinding[],
  isWaived: IsWaived | undefined,
  waivedControls: ReturnType<typeof controlsWaivedIn>,
): Set<string> {
  if (isWaived === undefined) return new Set();
  return new Set([
    ...findings.filter((finding) => isWaived(finding, environment)).map(({ fingerprint }) => fingerprint),
    ...waivedControls(isWaived, environment),
  ]);
}

/** Names of the controls that a repository's waivers let pass in an environment; asked once for each. */
function controlsWaivedIn(): (isWaived: IsWaived, environment: string) => readonly string[] {
  const names = controlCatalogues.flatMap(({ controls }) => controls.map(({ control }) => nameOfControl(control)));
  const known = new Map<IsWaived, Map<string, readonly string[]>>();
  return (isWaived, environment) => {
    const ofRepository = known.get(isWaived) ?? new Map<string, readonly string[]>();
    known.set(isWaived, ofRepository);
    const found =
      ofRepository.get(environment) ??
      names.filter((name) => isWaived({ rule: name, address: null, file: null }, environment));
    ofRepository.set(environment, found);
    return found;
  };
}
