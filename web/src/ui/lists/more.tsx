import { Button } from "../buttons/button.tsx";

/** The next page of a list; nothing at its end. */
export function More({
  query,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  if (!query.hasNextPage) return null;
  return (
    <div className="panel__foot" style={{ display: "flex", justifyContent: "center" }}>
      <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {query.isFetchingNextPage ? "Loading more" : "Show more"}
      </Button>
    </div>
  );
}
