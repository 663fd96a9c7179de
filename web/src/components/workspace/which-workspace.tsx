import { useQuery } from "@tanstack/react-query";
import { foundWorkspacesQuery } from "../../api/queries/workspaces.ts";
import { WorkspacesTable } from "../../tables/workspaces-table.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { PageHead } from "../../ui/layout/page-head.tsx";

/** Which one is meant, where the address names one that several repositories have. */
export function WhichWorkspace({ name }: { name: string }) {
  const found = useQuery(foundWorkspacesQuery({ search: name, limit: 100 }));
  return (
    <Loaded query={found} label={name} page>
      {({ items }) => (
        <>
          <PageHead title={name} sentence="Several repositories have a workspace of this name. Choose one." />
          <WorkspacesTable items={items.filter((item) => item.name === name)} several />
        </>
      )}
    </Loaded>
  );
}
