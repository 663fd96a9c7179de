import { AliasNode, AndNode, IdentifierNode, ParensNode, RawNode, TableNode, WhereNode } from "kysely";
import type {
  DeleteQueryNode,
  KyselyPlugin,
  OperationNode,
  RootOperationNode,
  SelectQueryNode,
  UpdateQueryNode,
} from "kysely";

/** The one table that belongs to no organization. */
const shared = new Set(["installation"]);

/**
 * Says in each statement whose rows it is about: `organization_id = plumbline_organization()` for the table it reads,
 * changes or deletes from. Row-level security demands no less, but its condition has an alternative (a system
 * transaction), so that PostgreSQL could use no index for it, and would sort what an index holds sorted. Joined tables are
 * joined by their organization anyway; what stands in a nested query is left as it is.
 */
export const organizationPlugin: KyselyPlugin = {
  transformQuery: ({ node }) => narrowed(node),
  transformResult: ({ result }) => Promise.resolve(result),
};

function narrowed(node: RootOperationNode): RootOperationNode {
  switch (node.kind) {
    case "SelectQueryNode":
      return withCondition(node, node.from?.froms ?? []);
    case "DeleteQueryNode":
      return withCondition(node, node.from.froms);
    case "UpdateQueryNode":
      return withCondition(node, node.table === undefined ? [] : [node.table]);
    default:
      return node;
  }
}

function withCondition<Node extends SelectQueryNode | UpdateQueryNode | DeleteQueryNode>(
  node: Node,
  tables: readonly OperationNode[],
): Node {
  const conditions = tables.flatMap(conditionOn);
  if (conditions.length === 0) return node;
  const all = conditions.reduce<OperationNode>(
    (left, right) => AndNode.create(left, right),
    node.where === undefined ? RawNode.createWithSql("true") : ParensNode.create(node.where.where),
  );
  return { ...node, where: WhereNode.create(all) };
}

function conditionOn(table: OperationNode): OperationNode[] {
  const aliased = AliasNode.is(table) ? table : undefined;
  const named = aliased?.node ?? table;
  if (!TableNode.is(named) || shared.has(named.table.identifier.name)) return [];
  const name =
    aliased !== undefined && IdentifierNode.is(aliased.alias) ? aliased.alias.name : named.table.identifier.name;
  return [RawNode.createWithSql(`"${name}"."organization_id" = plumbline_organization()`)];
}
