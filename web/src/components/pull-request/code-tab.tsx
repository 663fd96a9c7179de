import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { allPlansQuery, commentsQuery, filesQuery } from "../../api/queries/pull-requests.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { ChangedFilePanel } from "./changed-file-panel.tsx";
import type { PullRequest } from "./types.ts";

/** What the newest patch set changes against main, with findings and comments under their lines. */
export function CodeTab({ pullRequest }: { pullRequest: PullRequest }) {
  const { number } = pullRequest;
  const files = useQuery(filesQuery(number));
  const comments = useQuery(commentsQuery(number)).data?.items ?? [];
  const findings = useQuery(allPlansQuery(number)).data?.items.flatMap((plan) => plan.findings) ?? [];
  const [search] = useAddress();
  const place = { file: search["file"], line: Number(search["line"]) };
  const box = useRef<HTMLDivElement>(null);
  const there = files.data !== undefined;
  useEffect(() => {
    const panel = [...(box.current?.querySelectorAll("[data-file]") ?? [])].find(
      (element) => element.getAttribute("data-file") === place.file,
    );
    const line = panel?.querySelector(`[data-line="${place.line}"]`);
    if (line) line.scrollIntoView({ block: "center" });
    else panel?.scrollIntoView();
  }, [there, place.file, place.line]);
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
          <div className="stack" ref={box}>
            {items.map((file) => (
              <div key={file.path} data-file={file.path}>
                <ChangedFilePanel
                  number={number}
                  file={file}
                  findings={findings}
                  comments={comments}
                  writing={writing?.file === file.path ? writing.line : null}
                  shown={file.path === place.file ? place.line : undefined}
                  onWrite={(line) => setWriting(line === null ? null : { file: file.path, line })}
                />
              </div>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
