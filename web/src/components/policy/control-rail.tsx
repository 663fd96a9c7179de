import { IconX } from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Button } from "../../ui/button.tsx";
import { Link } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SeverityBadge } from "../../ui/severity.tsx";
import { pathTo } from "../../util/path-builder.ts";
import "./policy.css";

type Control = AnswerOf<"getControlReport">["controls"][number];

/** One control: what keeps it from passing, where it is met, and the rules that answer it. */
export function ControlRail({
  control: { id, title, severity, scope, rules, notInCode, environments },
  catalogue,
  onClose,
}: {
  control: Control;
  catalogue: string;
  onClose: () => void;
}) {
  const evidence = Object.values(environments).flatMap((standing) => standing.evidence);
  const troubled = evidence.filter(({ state }) => state !== "pass");
  const met = evidence.filter(({ state }) => state === "pass");
  const missing = Object.entries(environments).filter(
    ([, standing]) => standing.state === "fail" && !standing.evidence.some(({ state }) => state === "fail"),
  );
  return (
    <Panel
      title={title}
      side={<Button variant="quiet" icon={IconX} label="Close the control" onClick={onClose} children={null} />}
    >
      <div className="policy-rail__part">
        <SeverityBadge severity={severity} />
        <p className="note">
          {catalogue}, {id}. {scopes[scope]}
        </p>
        {notInCode !== null && <p>{notInCode}</p>}
      </div>
      {missing.length > 0 && (
        <div className="policy-rail__part">
          <h3>Missing</h3>
          <p>No workspace of the account has it: {missing.map(([name]) => name).join(", ")}.</p>
        </div>
      )}
      {troubled.length > 0 && <Places title="What keeps it from passing" evidence={troubled} />}
      {met.length > 0 && <Places title="Met by" evidence={met} />}
      {rules.length > 0 && (
        <div className="policy-rail__part">
          <h3>Rules</h3>
          <ul>
            {rules.map((rule) => (
              <li key={rule}>
                <Link href={pathTo.policy({ tab: "rules", rule })}>
                  <code>{rule}</code>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}

const scopes: Record<Control["scope"], string> = {
  resource: "Judged on each resource.",
  joined: "Judged on resources that belong together.",
  account: "Judged on all workspaces of the account together.",
};

function Places({ title, evidence }: { title: string; evidence: Control["environments"][string]["evidence"] }) {
  return (
    <div className="policy-rail__part">
      <h3>{title}</h3>
      <ul>
        {evidence.map(({ workspace, address, state, rule }) => (
          <li key={`${workspace} ${address} ${rule ?? ""}`}>
            <Link href={pathTo.workspace(workspace)}>{workspace}</Link> <code>{address}</code>
            {state === "waived" && <span className="note"> waived</span>}
            {state === "unknown" && <span className="note"> known after apply</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
