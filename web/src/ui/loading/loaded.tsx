import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "../../api/api-error.ts";
import { Failure } from "./failure.tsx";
import { PageHead } from "../layout/page-head.tsx";
import { Shapes } from "./shapes.tsx";

/** A query's data when it is there; shapes before; what failed otherwise. Old data stays while new loads. */
export function Loaded<Data>({
  query,
  label,
  lines,
  page = false,
  children,
}: {
  query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  label: string;
  lines?: number;
  /** It is what the whole page shows: the label is its heading until the data's own is there. */
  page?: boolean;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null)
    return (
      <>
        {page && <PageHead title={label} />}
        <Unread label={label} query={query} />
      </>
    );
  return (
    <>
      {page && <h1 className="hidden-text">{label}</h1>}
      <Shapes label={label} page={page} {...(lines === undefined ? {} : { lines })} />
    </>
  );
}

/** What could not be read, and that reading changed nothing. What is not there is not tried again. */
function Unread({ label, query }: { label: string; query: Pick<UseQueryResult, "error" | "refetch"> }) {
  const problem = problemOf(query.error);
  if (problem.code === "not_found") return <Failure problem={problem} />;
  return (
    <Failure
      problem={{ ...problem, detail: `${label} cannot be shown; nothing was changed. ${problem.detail}` }}
      onRetry={() => void query.refetch()}
    />
  );
}
