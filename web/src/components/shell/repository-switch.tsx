import { Menu } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { repositoriesQuery } from "../../api/queries.ts";
import { useMe } from "../../api/use-me.ts";
import { useRepository } from "../../api/use-repository.ts";

/** Which organization and repository the pages show; opens the list of repositories. */
export function RepositorySwitch({
  repository,
}: {
  /** Null where there is none. */
  repository: string | null | undefined;
}) {
  const [, choose] = useRepository();
  const organization = useMe()?.organization;
  const repositories = useQuery(repositoriesQuery()).data?.items ?? [];
  return (
    <Menu width={184} position="bottom-start">
      <Menu.Target>
        <button type="button" className="side-bar__switch">
          <span>
            <span className="note">{organization ?? "…"}</span>
            <span className="side-bar__repository">
              {repository === null ? "No repository yet" : (repository ?? "…")}
            </span>
          </span>
          <IconSelector size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Repositories</Menu.Label>
        {repositories.length === 0 && <Menu.Item disabled>An administrator creates the first one.</Menu.Item>}
        {repositories.map(({ name }) => (
          <Menu.Item key={name} onClick={() => choose(name)} aria-current={name === repository ? "true" : undefined}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
