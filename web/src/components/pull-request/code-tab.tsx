import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { allPlansQuery, commentsQuery, filesQuery } from "../../api/queries.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { ChangedFilePanel } from "./changed-file-panel.tsx";
import type { PullRequest } from "./types.ts";

/** What the newest patch set changes against main, with findings and comments under their lines. */
export function CodeTab({ pullRequest }: { pullRequest: PullRequest }) {
  const { number } = pullRequest;
  const files = useQuery(filesQuery(number));
  const comments = useQuery(commentsQuery(number)).data?.items ?? [];
  const findings = useQuery(allPlansQuery(number)).data?.items.flatMap((plan) => plan.findings) ?? [];
  const [writing, setWriting] = useState<{ file: string; line: number } | null>(null);
  return (
    <Loaded query={files} label="The code" lines={8}>
      {({ items }) =>
        items.length === 0 ? (
          <div className="panel">
            <Empty title="No commits">
              This pull request changes no file. It plans workspaces as main declares them.
            </Empty>
          </div>
        ) : (
          <div className="stack">
            {items.map((file) => (
              <ChangedFilePanel
                key={file.path}
                number={number}
                file={file}
                findings={findings}
                comments={comments}
                writing={writing?.file === file.path ? writing.line : null}
                onWrite={(line) => setWriting(line === null ? null : { file: file.path, line })}
              />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
