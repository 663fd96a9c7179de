import { PasswordInput, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { repositoriesQuery } from "../api/queries/repositories.ts";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { pathTo } from "../util/path-builder.ts";
import { FormProblem } from "./form-problem.tsx";

/** The component of what is for all of them. */
const common = "common";
const namePattern = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** Stores a new version of a sealed variable; a pull request puts it in use. */
export function VariableDialog({ repository, onClose }: { repository: string; onClose: () => void }) {
  const router = useRouter();
  const declared = useQuery(repositoriesQuery()).data?.items.find((item) => item.name === repository);
  const [environment, setEnvironment] = useState<string | null>(null);
  const [component, setComponent] = useState(common);
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [ticket, setTicket] = useState("");
  const environments = (declared?.environments ?? []).map((item) => item.name);
  const components = componentsIn(declared?.components ?? [], environment);
  const wrong = name !== "" && !namePattern.test(name);
  const set = useAct("setVariable", ({ version, pullRequest }) => {
    toast(`Version ${version} of ${name} stored`, {
      text: pullRequest === null ? "Nothing uses it yet." : `#${pullRequest.number} puts it in use.`,
    });
    if (pullRequest !== null) void router.navigate({ href: pathTo.pullRequest(pullRequest.number) });
    onClose();
  });
  return (
    <Dialog title="Set a sealed variable" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (environment !== null)
            set.mutate({
              body: {
                repository,
                environment,
                component,
                name,
                value,
                ...(ticket.trim() === "" ? {} : { ticket: ticket.trim() }),
              },
            });
        }}
      >
        <p className="note">
          The value is sealed and used by nobody until the pull request that moves the reference in sealed.yaml is
          merged.
        </p>
        <div className="form__row">
          <Select
            label="Environment"
            description={environments.length === 0 ? "plumbline.yaml on main declares none." : undefined}
            data={environments}
            value={environment}
            onChange={(picked) => {
              setEnvironment(picked);
              if (!componentsIn(declared?.components ?? [], picked).includes(component)) setComponent(common);
            }}
          />
          <Select
            label="Component"
            description={`common: for all of them${environment === null ? "" : ` in ${environment}`}`}
            data={components}
            value={component}
            allowDeselect={false}
            onChange={(picked) => setComponent(picked ?? common)}
          />
        </div>
        <TextInput
          label="Name"
          value={name}
          error={
            wrong ? "Letters, digits and underscores, not beginning with a digit. Example: db_password" : undefined
          }
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
        />
        <PasswordInput
          label="Value"
          description="Write-only: nobody can read it here afterwards."
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          autoComplete="new-password"
        />
        <TextInput
          label="Ticket"
          description="Where the environment demands one."
          value={ticket}
          onChange={(event) => setTicket(event.currentTarget.value)}
        />
        <FormProblem error={set.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={set.isPending}
            reason={
              environment === null
                ? "Choose an environment."
                : name === "" || wrong
                  ? "Name the variable."
                  : value === ""
                    ? "Give it a value."
                    : null
            }
          >
            Store and open the pull request
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What a variable of the environment can be for: all of its components, or one that exists in it. */
function componentsIn(
  components: readonly { name: string; environments: readonly string[] }[],
  environment: string | null,
): string[] {
  const there = components.filter(({ environments }) => environment === null || environments.includes(environment));
  return [common, ...there.map(({ name }) => name)];
}
