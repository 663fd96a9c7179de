import type { QueryClient } from "@tanstack/react-query";
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from "@tanstack/react-router";
import { ApiError } from "./api/api-error.ts";
import { call } from "./api/call.ts";
import { driftCaseQuery } from "./api/queries/drift.ts";
import { overviewQuery } from "./api/queries/overview.ts";
import { meQuery } from "./api/queries/people.ts";
import { pullRequestQuery } from "./api/queries/pull-requests.ts";
import { runQuery } from "./api/queries/runs.ts";
import { workspaceQuery } from "./api/queries/workspaces.ts";
import { repositoryAt } from "./api/use-repository.ts";
import { Shell } from "./components/shell/shell.tsx";
import { NotFoundPage } from "./pages/not-found-page.tsx";
import { PageFailure } from "./pages/page-failure.tsx";
import { pathTo, withClient, workspaceOfPath } from "./util/path-builder.ts";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** Asks for what the page shows, while its code loads and it is asked who looks at it; the page itself shows what fails. */
    first?: First;
  }
}

type First = (client: QueryClient, at: { params: Readonly<Record<string, string>>; search: Search }) => Promise<void>;

type Search = Readonly<Record<string, unknown>>;

/** Which client the pages show, and where in the browser's history that was chosen or carried on. */
interface Kept {
  client: string | undefined;
  index: number;
}

const root = createRootRouteWithContext<{ client: QueryClient; kept: Kept }>()({});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  beforeLoad: async () => {
    if (await isSetUpNeeded()) throw redirect({ href: pathTo.setUp() });
  },
  component: lazyRouteComponent(() => import("./pages/login-page.tsx"), "LoginPage"),
});

/** A new installation; afterwards the address leads to the login. */
const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  beforeLoad: async () => {
    if (!(await isSetUpNeeded())) throw redirect({ href: pathTo.login() });
  },
  component: lazyRouteComponent(() => import("./pages/set-up-page.tsx"), "SetUpPage"),
});

/** Whether nobody can sign in yet. Where the server cannot say, the login page is shown, and shows what is wrong. */
async function isSetUpNeeded(): Promise<boolean> {
  const answer = await call("getSetUp", {}).catch(() => ({ needed: false }));
  return answer.needed;
}

/** Everything behind the login. Who is not signed in is sent there and comes back afterwards. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: Shell,
  staticData: { first: (client) => client.prefetchQuery(meQuery()) },
  beforeLoad: async ({ context, location }) => {
    carryClient(context.kept, location);
    try {
      await context.client.ensureQueryData(meQuery());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) throw redirect({ href: pathTo.login(location.href) });
      throw error;
    }
  },
});

/** A place of the pages, and where it stands in the browser's history. */
interface Place {
  href: string;
  search: object;
  state: { __TSR_index?: number };
}

/**
 * The client that was chosen stays in the address while one goes on from page to page; going back, or choosing all of
 * them (`?client=`), leaves it. Throws the way to the same address with the client.
 */
function carryClient(kept: Kept, location: Place): void {
  const { client }: Search = { ...location.search };
  if (isCarriedOn(kept, location)) throw redirect({ href: withClient(location.href, kept.client), replace: true });
  kept.client = typeof client === "string" && client !== "" ? client : undefined;
  kept.index = indexOf(location);
  if (client === "") throw redirect({ href: withClient(location.href, undefined), replace: true });
}

/** Whether the address lacks the client that was chosen, so that another one is gone to. */
function isCarriedOn(kept: Kept, location: Place): boolean {
  const { client }: Search = { ...location.search };
  return client === undefined && kept.client !== undefined && indexOf(location) > kept.index;
}

function indexOf({ state }: Place): number {
  return state.__TSR_index ?? 0;
}

/** Of pages that show a repository, which one it is; what they list may depend on it. Asked for once: the shell keeps it new. */
const overviewFirst: First = (client, { search }) =>
  client.prefetchQuery({ ...overviewQuery(repositoryAt(search)), staleTime: Number.POSITIVE_INFINITY });

const pages = [
  createRoute({
    getParentRoute: () => app,
    path: "/",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/overview-page.tsx"), "OverviewPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/pull-requests",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/pull-requests-page.tsx"), "PullRequestsPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/pull-requests/$number",
    staticData: { first: (client, { params }) => client.prefetchQuery(pullRequestQuery(Number(params["number"]))) },
    component: lazyRouteComponent(() => import("./pages/pull-request-page.tsx"), "PullRequestPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/runs",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/runs-page.tsx"), "RunsPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/runs/$number",
    staticData: { first: (client, { params }) => client.prefetchQuery(runQuery(Number(params["number"]))) },
    component: lazyRouteComponent(() => import("./pages/run-page.tsx"), "RunPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/workspaces",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/workspaces-page.tsx"), "WorkspacesPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    // An environment's name may hold slashes: "database/prod", "database/globex/prod".
    path: "/workspaces/$component/$",
    staticData: { first: (client, { params }) => client.prefetchQuery(workspaceQuery(workspaceOfPath(params))) },
    component: lazyRouteComponent(() => import("./pages/workspace-page.tsx"), "WorkspacePage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/drift",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/drift-page.tsx"), "DriftPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/drift/$number",
    staticData: { first: (client, { params }) => client.prefetchQuery(driftCaseQuery(Number(params["number"]))) },
    component: lazyRouteComponent(() => import("./pages/drift-case-page.tsx"), "DriftCasePage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/repositories/$repository/$",
    component: lazyRouteComponent(() => import("./pages/file-page.tsx"), "FilePage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/policy",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/policy-page.tsx"), "PolicyPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/clients",
    component: lazyRouteComponent(() => import("./pages/clients-page.tsx"), "ClientsPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/audit",
    component: lazyRouteComponent(() => import("./pages/audit-page.tsx"), "AuditPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/runners",
    component: lazyRouteComponent(() => import("./pages/runners-page.tsx"), "RunnersPage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/people",
    component: lazyRouteComponent(() => import("./pages/people-page.tsx"), "PeoplePage"),
  }),
  createRoute({
    getParentRoute: () => app,
    path: "/settings",
    staticData: { first: overviewFirst },
    component: lazyRouteComponent(() => import("./pages/settings-page.tsx"), "SettingsPage"),
  }),
  // Whatever else: within the shell, so that the way on is there.
  createRoute({ getParentRoute: () => app, path: "$", component: NotFoundPage }),
];

/** The router. What stands behind `?` is plain text, name by name. */
export function makeRouter(client: QueryClient, history?: RouterHistory) {
  const kept: Kept = { client: undefined, index: 0 };
  const router = createRouter({
    routeTree: root.addChildren([login, setUp, app.addChildren(pages)]),
    context: { client, kept },
    ...(history === undefined ? {} : { history }),
    defaultErrorComponent: PageFailure,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      ).toString();
      return text === "" ? "" : `?${text}`;
    },
  });
  // A page's data and code come while it is asked who looks at it; data first: code is many files.
  const routes = new Map<string, AnyRoute>(Object.entries(router.routesById));
  router.subscribe("onBeforeLoad", ({ toLocation }) => {
    const matches = router.matchRoutes(toLocation);
    const search: Search = { ...toLocation.search };
    if (!isCarriedOn(kept, toLocation))
      for (const { staticData, params } of matches) void staticData.first?.(client, { params, search });
    for (const { routeId } of matches) {
      const route = routes.get(routeId);
      if (route !== undefined) void router.loadRouteChunk(route);
    }
  });
  return router;
}
