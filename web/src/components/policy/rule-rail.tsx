import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ruleQuery } from "../../api/queries/findings.ts";
import { Button } from "../../ui/buttons/button.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { count } from "../../util/format.ts";
import { RuleExamples } from "./rule-examples.tsx";
import "./policy.css";

/** One rule: why it is there, how to mend what it finds, what it takes for wrong and for right. */
export function RuleRail({ rule, repository, onClose }: { rule: string; repository: string; onClose: () => void }) {
  const query = useQuery(ruleQuery(rule, repository));
  return (
    <Loaded query={query} label={`Rule ${rule}`} lines={8}>
      {({ id, title, severity, status, why, fix, controls, needs, resourceTypes, examples, findings }) => (
        <Panel
          title={title}
          side={<Button variant="quiet" icon={IconX} label="Close the rule" onClick={onClose} children={null} />}
        >
          <div className="policy-rail__part">
            <SeverityBadge severity={severity} /> <code>{id}</code>
            {controls.length > 0 && <p className="note">{controls.join(", ")}</p>}
            {status !== "on" && (
              <p>
                {status === "off"
                  ? "The policy on main switches it off."
                  : `It is in force once the policy gives ${needs.join(", ")}.`}
              </p>
            )}
            {findings > 0 && <p>{count(findings, "finding")} of it in what is applied.</p>}
          </div>
          <div className="policy-rail__part">
            <h3>Why</h3>
            <p>{why}</p>
          </div>
          <div className="policy-rail__part">
            <h3>Fix</h3>
            <p>{fix}</p>
          </div>
          {resourceTypes.length > 0 && !resourceTypes.includes("*") && (
            <div className="policy-rail__part">
              <h3>Looks at</h3>
              <p>
                {resourceTypes.map((type, index) => (
                  <span key={type}>
                    {index > 0 && ", "}
                    <code>{type}</code>
                  </span>
                ))}
              </p>
            </div>
          )}
          {examples !== null && <RuleExamples examples={examples} />}
        </Panel>
      )}
    </Loaded>
  );
}
