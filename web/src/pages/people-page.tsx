import { IconKey, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { peopleQuery, tokensQuery } from "../api/queries/people.ts";
import { useAct } from "../api/use-act.ts";
import { mayDo, useMe } from "../api/use-me.ts";
import { ConfirmDialog } from "../forms/confirm-dialog.tsx";
import { PersonDialog } from "../forms/person-dialog.tsx";
import { TokenDialog } from "../forms/token-dialog.tsx";
import { PeopleTable, type Person } from "../tables/people-table.tsx";
import { TokensTable, type ApiToken } from "../tables/tokens-table.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Panel } from "../ui/layout/panel.tsx";
import { toast } from "../ui/toast.ts";
import { count, list } from "../util/format.ts";

type Asking = { kind: "person"; person: Person | null } | { kind: "token" } | { kind: "revoke"; token: ApiToken };

/** Everybody with his roles, and the reader's own API tokens. */
export function PeoplePage() {
  const me = useMe();
  const people = useQuery(peopleQuery());
  const tokens = useQuery(tokensQuery());
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const revoke = useAct("revokeToken", () => {
    toast("The token is revoked");
    close();
  });
  const administers = mayDo(me, "people.administer");
  return (
    <>
      <PageHead
        title="People and tokens"
        sentence={people.data === undefined ? null : sentence(people.data.items)}
        actions={
          <>
            <Button icon={IconKey} onClick={() => setAsking({ kind: "token" })}>
              New API token
            </Button>
            <Button
              icon={IconUserPlus}
              reason={administers ? null : "Only an administrator adds people."}
              onClick={() => setAsking({ kind: "person", person: null })}
            >
              Add a person
            </Button>
          </>
        }
      />
      <div className="stack">
        <Panel title="People">
          <Loaded query={people} label="People">
            {({ items }) => (
              <PeopleTable
                items={items}
                {...(administers ? { onOpen: (person: Person) => setAsking({ kind: "person", person }) } : {})}
              />
            )}
          </Loaded>
        </Panel>
        <Panel title="Your API tokens" note="for git, the CLI and programs">
          <Loaded query={tokens} label="Tokens">
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No tokens">Make one to clone and push, or to use the CLI.</Empty>
              ) : (
                <TokensTable items={items} onRevoke={(token) => setAsking({ kind: "revoke", token })} />
              )
            }
          </Loaded>
        </Panel>
      </div>
      {asking?.kind === "person" && <PersonDialog person={asking.person} onClose={close} />}
      {asking?.kind === "token" && <TokenDialog onClose={close} />}
      {asking?.kind === "revoke" && (
        <ConfirmDialog
          title={`Revoke ${asking.token.name}`}
          action="Revoke the token"
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate({ params: { id: asking.token.id } })}
          onClose={close}
        >
          <p>Whatever uses it is refused from now on.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** How many there are, and who may change that. */
function sentence(items: readonly Person[]): string {
  const administrators = items.filter(({ roles }) => roles.some(({ role }) => role === "administrator"));
  const who = list(administrators.map(({ name }) => name));
  const may =
    who === "" ? "" : ` ${who} ${administrators.length === 1 ? "adds people and gives" : "add people and give"} roles.`;
  return `${count(items.length, "person", "people")}.${may} A role holds for the environments named with it.`;
}
