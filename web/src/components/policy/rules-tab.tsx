import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { rulesQuery } from "../../api/queries/findings.ts";
import { overviewQuery } from "../../api/queries/overview.ts";
import { useRepository } from "../../api/use-repository.ts";
import { RulesTable } from "../../tables/rules-table.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Segments } from "../../ui/layout/segments.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { count } from "../../util/format.ts";
import { RuleRail } from "./rule-rail.tsx";
import "../../ui/lists/filter-chip.css";
import "./policy.css";

type RuleSummary = AnswerOf<"listRules">["items"][number];

const groups = [
  { id: "all", label: "All" },
  { id: "aws", label: "AWS" },
  { id: "azure", label: "Azure" },
  { id: "google", label: "Google" },
  { id: "kubernetes", label: "Kubernetes" },
  { id: "sources", label: "Sources" },
] as const;

/** The catalogue as main's policy has it; one rule beside it. */
export function RulesTab() {
  const [chosen] = useRepository();
  const repository = useQuery(overviewQuery(chosen)).data?.repository ?? undefined;
  const query = useQuery({ ...rulesQuery(repository ?? ""), enabled: repository !== undefined });
  const [search, setSearch] = useAddress();
  const group = groups.find(({ id }) => id === search["group"])?.id ?? "all";
  const words = useDeferredValue(search["q"] ?? "");
  const selected = search["rule"];
  return (
    <Loaded query={query} label="Rules" lines={12}>
      {({ items }) => {
        const shown = items.filter((rule) => isShown(rule, group, words));
        const inForce = items.filter(({ status }) => status === "on").length;
        return (
          <>
            <div className="filters">
              <Segments
                label="Which rules"
                items={groups}
                selected={group}
                onSelect={(id) => setSearch({ group: id === "all" ? undefined : id })}
              />
              <input
                type="search"
                className="policy-search"
                placeholder="Words of a rule, its id or a control"
                aria-label="Search rules"
                defaultValue={search["q"] ?? ""}
                onChange={(event) => setSearch({ q: event.target.value || undefined }, { replace: true })}
              />
              <span className="note">
                {count(shown.length, "rule")}; {inForce} of {items.length} in force
              </span>
            </div>
            <div className={selected === undefined ? "stack" : "policy-columns"}>
              <div className="panel">
                {shown.length === 0 ? (
                  <Empty title="No rule fits">Take a word or the group off to see others.</Empty>
                ) : (
                  <RulesTable
                    items={shown}
                    selected={selected}
                    onSelect={(rule) => setSearch({ rule }, { replace: true })}
                  />
                )}
              </div>
              {selected !== undefined && repository !== undefined && (
                <RuleRail
                  rule={selected}
                  repository={repository}
                  onClose={() => setSearch({ rule: undefined }, { replace: true })}
                />
              )}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

function isShown(rule: RuleSummary, group: string, words: string): boolean {
  if (group !== "all" && rule.group !== group) return false;
  const text = `${rule.id} ${rule.title} ${rule.category} ${rule.controls.join(" ")}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
