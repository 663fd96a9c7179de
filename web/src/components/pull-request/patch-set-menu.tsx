import { Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { Link } from "../../ui/text/link.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { count, short } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import type { PullRequest } from "./types.ts";
import "./patch-set-menu.css";

/** The patch sets with who pushed them and their commits; what the page shows belongs to the newest. */
export function PatchSetMenu({ pullRequest }: { pullRequest: PullRequest }) {
  const { number, patchSets, patchSet } = pullRequest;
  return (
    <Popover position="bottom-start" width={420}>
      <Popover.Target>
        <button type="button" className="patch-sets__button">
          patch set {patchSet}
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {patchSets.length === 0 && <p className="note">No commits: it plans what main declares.</p>}
        <ol className="patch-sets">
          {patchSets.map((item) => (
            <li key={item.number}>
              <b>Patch set {item.number}</b> <code className="dim">{short(item.commit)}</code>{" "}
              <span className="note">
                {item.pushedBy?.name ?? "Plumbline"}, <TimeAgo at={item.at} />, {count(item.commits.length, "commit")}
              </span>
              {item.number < patchSet && (
                <>
                  {" "}
                  <Link href={pathTo.pullRequest(number, { tab: "compare", from: item.number })}>
                    Compare with the newest
                  </Link>
                </>
              )}
              <ul>
                {item.commits.map((commit) => (
                  <li key={commit.id} className="note">
                    <code>{short(commit.id)}</code> {commit.subject}{" "}
                    <span className="dim">
                      {commit.author} ({commit.address})
                    </span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  );
}
