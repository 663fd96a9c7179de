import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "../api/api-error.ts";
import { Failure } from "./failure.tsx";
import { PageHead } from "./page-head.tsx";
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
        <Failure problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      </>
    );
  return (
    <>
      {page && <h1 className="hidden-text">{label}</h1>}
      <Shapes label={label} {...(lines === undefined ? {} : { lines })} />
    </>
  );
}
