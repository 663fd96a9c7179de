import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "../api/api-error.ts";
import { Failure } from "./failure.tsx";
import { Shapes } from "./shapes.tsx";

/** A query's data when it is there; shapes before; what failed otherwise. Old data stays while new loads. */
export function Loaded<Data>({
  query,
  label,
  lines,
  children,
}: {
  query: Pick<UseQueryResult<Data>, "data" | "error" | "refetch">;
  label: string;
  lines?: number;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failure problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  return <Shapes label={label} {...(lines === undefined ? {} : { lines })} />;
}
