import { useQuery } from "@tanstack/react-query";
import { repositoriesQuery } from "../../api/queries/repositories.ts";
import { CommandText } from "../../ui/text/command-text.tsx";
import { Link } from "../../ui/text/link.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { Empty } from "../../ui/loading/empty.tsx";

/** A repository whose main declares nothing yet: how to begin with stock git. */
export function NoComponents({ repository }: { repository: string }) {
  const found = useQuery(repositoriesQuery()).data?.items.find(({ name }) => name === repository);
  const empty = found !== undefined && found.headCommit === null;
  const url = found?.gitUrl ?? "<address>";
  return (
    <div className="panel">
      <Empty
        title={empty ? "Main is empty" : "No components yet"}
        action={
          <CommandText
            label="Commands"
            text={
              empty ? `git remote add origin ${url}\ngit push origin HEAD:main` : `git push origin HEAD:refs/for/main`
            }
          />
        }
      >
        {empty ? (
          <>
            An administrator pushes the rules once: plumbline.yaml, CODEOWNERS and the environments. From then on main
            changes only through pull requests. Git asks for a password: that is an API token, made on{" "}
            <Link href={pathTo.people()}>People and tokens</Link>.
          </>
        ) : (
          "plumbline.yaml on main declares none. Propose the first ones by a push; git prints the address of the pull request."
        )}
      </Empty>
    </div>
  );
}
