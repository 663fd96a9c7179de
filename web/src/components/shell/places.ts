import { pathTo } from "../../util/path-builder.ts";

export interface Place {
  label: string;
  /** What it is called where the place before it is not shown. */
  alone?: string;
  href?: string;
}

/** Where a page stands, for the top bar and the window's title; the last one is the page itself. */
export function placesOf(pathname: string): Place[] {
  const [first = "", ...rest] = pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodeURIComponent);
  const id = rest.join("/");
  switch (first) {
    case "":
      return [{ label: "Overview" }];
    case "pull-requests":
      return within({ label: "Pull requests", href: pathTo.pullRequests() }, id && `#${id}`, `Pull request ${id}`);
    case "runs":
      return within({ label: "Runs", href: pathTo.runs() }, id, `Run ${id}`);
    case "drift":
      return within({ label: "Drift", href: pathTo.drift() }, id && `Case ${id}`);
    case "workspaces":
      return within({ label: "Workspaces", href: pathTo.workspaces() }, id);
    case "repositories":
      return [{ label: rest.at(-1) ?? "File" }];
    case "policy":
      return [{ label: "Policy" }];
    case "clients":
      return [{ label: "Clients and reports" }];
    case "audit":
      return [{ label: "Audit" }];
    case "runners":
      return [{ label: "Runners" }];
    case "people":
      return [{ label: "People and tokens" }];
    case "settings":
      return [{ label: "Settings" }];
    default:
      return [{ label: "Not found" }];
  }
}

function within(place: { label: string; href: string }, label: string, alone = label): Place[] {
  return label === "" ? [{ label: place.label }] : [place, { label, alone }];
}
