import {
  IconBuildings,
  IconGitPullRequest,
  IconLayoutGrid,
  IconListSearch,
  IconPlayerPlay,
  IconServer2,
  IconSettings,
  IconShieldCheck,
  IconStack2,
  IconUsers,
  type Icon,
} from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { pathTo } from "../../util/path-builder.ts";

type Counts = AnswerOf<"getOverview">["counts"];

/** An entry of the side bar. `icon` absent: the drifted bob. */
export interface NavigationEntry {
  label: string;
  href: string;
  icon?: Icon;
  /** The key after `g`. */
  key?: string;
  count?: keyof Counts;
  /** A count above zero is a bad sign. */
  alarming?: boolean;
}

/** The side bar, by group; an empty title is the first group. */
export const navigation: { title: string; entries: NavigationEntry[] }[] = [
  {
    title: "",
    entries: [
      { label: "Overview", href: pathTo.overview(), icon: IconLayoutGrid, key: "o" },
      {
        label: "Pull requests",
        href: pathTo.pullRequests(),
        icon: IconGitPullRequest,
        key: "p",
        count: "pullRequests",
      },
      { label: "Runs", href: pathTo.runs(), icon: IconPlayerPlay, key: "r", count: "runs" },
      { label: "Drift", href: pathTo.drift(), key: "d", count: "driftCases", alarming: true },
      { label: "Workspaces", href: pathTo.workspaces(), icon: IconStack2, key: "w", count: "workspaces" },
    ],
  },
  {
    title: "Rules",
    entries: [{ label: "Policy", href: pathTo.policy(), icon: IconShieldCheck, key: "y" }],
  },
  {
    title: "Proof",
    entries: [
      { label: "Audit", href: pathTo.audit(), icon: IconListSearch, key: "a" },
      { label: "Clients and reports", href: pathTo.clients(), icon: IconBuildings },
    ],
  },
  {
    title: "Operation",
    entries: [
      { label: "Runners", href: pathTo.runners(), icon: IconServer2, count: "runners" },
      { label: "People and tokens", href: pathTo.people(), icon: IconUsers },
      { label: "Settings", href: pathTo.settings(), icon: IconSettings },
    ],
  },
];

/** Whether an entry is the place the pathname is in. */
export function isCurrent(entry: NavigationEntry, pathname: string): boolean {
  return entry.href === "/" ? pathname === "/" : pathname === entry.href || pathname.startsWith(`${entry.href}/`);
}
