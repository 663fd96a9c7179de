import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { policyRepositoryQuery, repositoriesQuery } from "../../api/queries/repositories.ts";
import { useAct } from "../../api/use-act.ts";
import { FormProblem } from "../../forms/form-problem.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { toast } from "../../ui/toast.ts";
import "./settings.css";

/** The repository whose policies hold for every repository of the organization; an administrator names it. */
export function PolicyRepositoryPanel({ reason }: { reason: string | null }) {
  const named = useQuery(policyRepositoryQuery());
  const repositories = useQuery(repositoriesQuery());
  const [chosen, setChosen] = useState<string | null>();
  const set = useAct("setPolicyRepository", ({ repository }) => {
    toast(repository === null ? "Each repository is judged by its own policies" : `${repository} has the policies now`);
    setChosen(undefined);
  });
  return (
    <Panel title="The organization's policies" note="its pull requests change them, like everything else">
      <Loaded query={named} label="The policy repository">
        {({ repository, policies, problems }) => {
          const value = chosen === undefined ? repository : chosen;
          return (
            <form
              className="form form--narrow panel__body"
              onSubmit={(event) => {
                event.preventDefault();
                set.mutate({ body: { repository: value } });
              }}
            >
              <Select
                label="Policy repository"
                description={
                  repository === null
                    ? "Each repository is judged by its own policies only."
                    : `${policies === 1 ? "1 Rego file" : `${policies} Rego files`} and its policy file judge every repository, beside the repository's own.`
                }
                placeholder="None"
                clearable
                disabled={reason !== null}
                data={(repositories.data?.items ?? []).map(({ name }) => name)}
                value={value}
                onChange={setChosen}
              />
              {problems.map(({ message, file, line }) => (
                <p key={`${file}:${line} ${message}`} className="note">
                  No plan can be judged: {file}:{line}: {message}
                </p>
              ))}
              <FormProblem error={set.error} />
              <div>
                <Button
                  type="submit"
                  busy={set.isPending}
                  reason={reason ?? (value === repository ? "Choose another one first: this is what holds." : null)}
                >
                  {value === null && repository !== null ? "Name no repository" : "Set the policy repository"}
                </Button>
              </div>
            </form>
          );
        }}
      </Loaded>
    </Panel>
  );
}
