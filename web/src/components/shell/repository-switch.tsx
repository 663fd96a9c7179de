import { IconSelector } from "@tabler/icons-react";
import { useLateRepositories } from "../../api/use-late-repositories.ts";
import { useMe } from "../../api/use-me.ts";
import { useRepository } from "../../api/use-repository.ts";
import { LateMenu } from "../../ui/menus/late-menu.tsx";

/** Which organization and repository the pages show; opens the list of repositories. */
export function RepositorySwitch({
  repository,
}: {
  /** Null where there is none. */
  repository: string | null | undefined;
}) {
  const [, choose] = useRepository();
  const organization = useMe()?.organization;
  const repositories = useLateRepositories();
  return (
    <LateMenu
      width={184}
      position="bottom-start"
      target={
        <button type="button" className="side-bar__switch">
          <span>
            <span className="note">{organization ?? "…"}</span>
            <span className="side-bar__repository">
              {repository === null ? "No repository yet" : (repository ?? "…")}
            </span>
          </span>
          <IconSelector size={14} stroke={1.75} aria-hidden="true" />
        </button>
      }
      entries={[
        { kind: "label", text: "Repositories" },
        ...(repositories.length === 0
          ? [{ kind: "item" as const, text: "An administrator creates the first one.", disabled: true }]
          : []),
        ...repositories.map(({ name }) => ({
          kind: "item" as const,
          text: name,
          current: name === repository,
          onChoose: () => choose(name),
        })),
      ]}
    />
  );
}
