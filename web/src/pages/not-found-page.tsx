import { ButtonLink } from "../ui/button-link.tsx";
import { Empty } from "../ui/empty.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { pathTo } from "../util/path-builder.ts";

/** An address that is none. */
export function NotFoundPage() {
  return (
    <>
      <PageHead title="There is no such page" />
      <div className="panel">
        <Empty title="Nothing here" action={<ButtonLink href={pathTo.overview()}>Open the overview</ButtonLink>}>
          The address may be old or mistyped, or what it named may have gone.
        </Empty>
      </div>
    </>
  );
}
