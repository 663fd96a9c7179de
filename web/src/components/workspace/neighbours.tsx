import { IconArrowRight } from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { nameFrom, pathTo } from "../../util/path-builder.ts";
import { neighboursOf } from "./neighbours-of.ts";

/** What a workspace needs and who needs it; those of other repositories with their repository's name. */
export function Neighbours({ workspace }: { workspace: AnswerOf<"getWorkspace"> }) {
  const { upstream, downstream } = neighboursOf(workspace);
  const arrow = <IconArrowRight size={20} stroke={1.5} aria-hidden="true" className="dim" />;
  const box = (name: string) => (
    <Link key={name} href={pathTo.workspace(nameFrom(workspace, name))} className="needs__box">
      {name}
    </Link>
  );
  return (
    <Panel title="What it needs and who needs it" className="panel--plain needs-panel">
      <div className="needs">
        {upstream.map(box)}
        {upstream.length > 0 && arrow}
        <span className="needs__box needs__box--here">{workspace.name}</span>
        {downstream.length > 0 && arrow}
        {downstream.map(box)}
      </div>
    </Panel>
  );
}
