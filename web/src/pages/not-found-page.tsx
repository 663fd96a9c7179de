import { useRouterState } from "@tanstack/react-router";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { pathTo } from "../util/path-builder.ts";

/** An address that is none. */
export function NotFoundPage() {
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <>
      <PageHead
        title="There is no such page"
        sentence={
          <>
            Nothing stands at <code>{pathname}</code>. Go on from the overview, or search by name with the field above.
          </>
        }
      />
      <div className="panel">
        <Empty
          title="Nothing was changed by coming here"
          action={
            <>
              <ButtonLink href={pathTo.overview()}>Open the overview</ButtonLink>
              <ButtonLink href={pathTo.pullRequests()}>Pull requests</ButtonLink>
              <ButtonLink href={pathTo.workspaces()}>Workspaces</ButtonLink>
            </>
          }
        >
          The address may be old or mistyped, or what it named may have gone.
        </Empty>
      </div>
    </>
  );
}
