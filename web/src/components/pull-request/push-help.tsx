import { Popover } from "@mantine/core";
import { IconGitBranch } from "@tabler/icons-react";
import { useLateRepositories } from "../../api/use-late-repositories.ts";
import { CommandText } from "../../ui/text/command-text.tsx";
import "../../ui/buttons/button.css";

/** How to push the next patch set of a pull request with stock git. */
export function PushHelp({ number, repository }: { number: number; repository: string }) {
  const url = useLateRepositories().find(({ name }) => name === repository)?.gitUrl ?? "<address>";
  return (
    <Popover position="bottom-end" width={460} withinPortal>
      <Popover.Target>
        <button type="button" className="button button--default">
          <IconGitBranch size={16} stroke={1.75} aria-hidden="true" />
          Push to it
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack" style={{ gap: 8 }}>
          <p className="note">Your API token is the password. Amend the commits, then push; plans start at once.</p>
          <CommandText label="Commands" text={`git clone ${url}\ngit push -o pr=${number} origin HEAD:refs/for/main`} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
