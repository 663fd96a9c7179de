import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { ruleQuery } from "../../api/queries/findings.ts";
import { overviewQuery } from "../../api/queries/overview.ts";
import { useRepository } from "../../api/use-repository.ts";
import { Button } from "../../ui/buttons/button.tsx";
import { ButtonLink } from "../../ui/buttons/button-link.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { RuleExamples } from "./rule-examples.tsx";
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
      title={<SeverityBadge severity={severity} />}
      note={<code>{rules[0] ?? id}</code>}
      side={<Button variant="quiet" icon={IconX} label="Close the control" onClick={onClose} children={null} />}
    >
      <div className="policy-rail__part">
        <h3 className="policy-rail__title">{title}</h3>
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
      {rules[0] !== undefined && <Why rule={rules[0]} />}
      {rules.length > 1 && (
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

/** What the first of its rules says: why, what is wrong and what is right. */
function Why({ rule }: { rule: string }) {
  const [chosen] = useRepository();
  const repository = useQuery(overviewQuery(chosen)).data?.repository;
  const found = useQuery({ ...ruleQuery(rule, repository ?? ""), enabled: repository !== undefined }).data;
  if (found === undefined) return null;
  return (
    <>
      <div className="policy-rail__part">
        <h3>Why</h3>
        <p>{found.why}</p>
      </div>
      {found.examples !== null && <RuleExamples examples={found.examples} />}
      <div className="policy-rail__part policy-rail__acts">
        <ButtonLink href={pathTo.policy({ tab: "rules", rule })}>Open the rule</ButtonLink>
      </div>
    </>
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
