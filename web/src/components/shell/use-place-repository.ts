import { useQuery } from "@tanstack/react-query";
import { pullRequestQuery } from "../../api/queries/pull-requests.ts";
import { workspaceQuery } from "../../api/queries/workspaces.ts";

/** Places that are not of one repository, or do not say of which. */
const ofNone = ["audit", "clients", "people", "runners"];

/**
 * The repository to be named above a page: that of the workspace or pull request it shows, else the one that was chosen.
 * Null where none is: pages of the whole organization, and single runs and drift cases.
 */
export function usePlaceRepository(pathname: string, chosen: string | null | undefined): string | null | undefined {
  const [first = "", ...rest] = pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const number = Number(rest[0]);
  const isWorkspace = first === "workspaces" && rest.length > 1;
  const isPullRequest = first === "pull-requests" && Number.isSafeInteger(number);
  const workspace = useQuery({ ...workspaceQuery(rest.join("/")), enabled: isWorkspace });
  const pullRequest = useQuery({ ...pullRequestQuery(number), enabled: isPullRequest });
  if (first === "repositories") return rest[0] ?? null;
  if (ofNone.includes(first)) return null;
  if (isWorkspace) return workspace.data?.repository ?? null;
  if (isPullRequest) return pullRequest.data?.repository ?? null;
  return (first === "runs" || first === "drift") && rest.length > 0 ? null : chosen;
}
