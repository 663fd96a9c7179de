import { clientOf } from "@plumbline/contract/access";

/** Environments of one client beside each other, the organization's own first; inside of each in order of promotion. */
export function byClient<Environment extends { name: string }>(environments: readonly Environment[]): Environment[] {
  const groups = Map.groupBy(environments, ({ name }) => clientOf(name));
  return [
    ...(groups.get(undefined) ?? []),
    ...[...groups].flatMap(([client, own]) => (client === undefined ? [] : own)),
  ];
}
