import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { repositoriesQuery } from "../../api/queries/repositories.ts";
import { useRepository } from "../../api/use-repository.ts";
import { RepositoryForm } from "../../forms/repository-form.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { Dialog } from "../../ui/layout/dialog.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { short } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import "../../ui/lists/table.css";

/** The organization's repositories with their Git addresses; an administrator creates another one. */
export function RepositoriesPanel({ reason }: { reason: string | null }) {
  const repositories = useQuery(repositoriesQuery());
  const router = useRouter();
  const [, choose] = useRepository();
  const [asking, setAsking] = useState(false);
  return (
    <Panel
      title="Repositories"
      side={
        <Button reason={reason} onClick={() => setAsking(true)}>
          Create a repository
        </Button>
      }
    >
      <Loaded query={repositories} label="Repositories">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No repository yet">Its main branch says what is to run. An administrator creates it.</Empty>
          ) : (
            <div className="table-wrap">
              <table className="table table--rows">
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Address for Git</th>
                    <th>Main</th>
                    <th className="table__number">Components</th>
                    <th className="table__number">Environments</th>
                    <th className="table__number">Created</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ name, gitUrl, headCommit, components, environments, createdAt }) => (
                    <tr key={name}>
                      <td className="table__main">{name}</td>
                      <td className="mono">{gitUrl}</td>
                      <td data-word="main">
                        {headCommit === null ? "empty" : <span className="mono">{short(headCommit)}</span>}
                      </td>
                      <td className="table__number" data-word="components">
                        {components.length}
                      </td>
                      <td className="table__number" data-word="environments">
                        {environments.length}
                      </td>
                      <td className="table__number" data-word="created">
                        <TimeAgo at={createdAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {asking && (
        <Dialog title="Create a repository" onClose={() => setAsking(false)}>
          <p className="note">
            It begins empty: an administrator pushes the rules, or a whole history, to its main once. The overview says
            how.
          </p>
          <RepositoryForm
            onCreated={(name) => {
              choose(name);
              void router.navigate({ href: pathTo.overview() });
            }}
          />
        </Dialog>
      )}
    </Panel>
  );
}
