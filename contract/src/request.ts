import type { BodyOf, Endpoint, ParamsOf, QueryOf } from "./endpoint.ts";

/** What a caller gives to an endpoint; parts that it does not have are left out. */
export type CallInput<E> = PartOf<"params", ParamsOf<E>> & PartOf<"query", QueryOf<E>> & PartOf<"body", BodyOf<E>>;
type PartOf<Name extends string, Part> = [Part] extends [undefined]
  ? unknown
  : Partial<Part> extends Part
    ? { [key in Name]?: Part }
    : { [key in Name]: Part };

/** A request ready to be sent: `path` with its query; `body` as JSON text. */
export interface BuiltRequest {
  method: string;
  path: string;
  body: string | undefined;
}

/** Builds the request of an endpoint; parameters are URL-encoded into the path, undefined query values left out. */
export function buildRequest<E extends Pick<Endpoint, "method" | "path">>(
  endpoint: E,
  input: CallInput<E>,
): BuiltRequest {
  const { params, query, body } = input as { params?: object; query?: object; body?: unknown };
  const values = new Map(Object.entries(params ?? {}));
  const path = endpoint.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  );
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([name, value]): [string, string][] =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  ).toString();
  return {
    method: endpoint.method,
    path: search === "" ? path : `${path}?${search}`,
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}
