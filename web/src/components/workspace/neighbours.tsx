import { IconArrowRight } from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Link } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { pathTo } from "../../util/path-builder.ts";

/** What a workspace needs and who needs it. */
export function Neighbours({ workspace }: { workspace: AnswerOf<"getWorkspace"> }) {
  const arrow = <IconArrowRight size={20} stroke={1.5} aria-hidden="true" className="dim" />;
  const box = (name: string) => (
    <Link key={name} href={pathTo.workspace(name)} className="needs__box">
      {name}
    </Link>
  );
  return (
    <Panel title="What it needs and who needs it" className="panel--plain needs-panel">
      <div className="needs">
        {workspace.dependsOn.map(box)}
        {workspace.dependsOn.length > 0 && arrow}
        <span className="needs__box needs__box--here">{workspace.name}</span>
        {workspace.dependents.length > 0 && arrow}
        {workspace.dependents.map(box)}
      </div>
    </Panel>
  );
}
