import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { openSealing, readRootKeyFile } from "@plumbline/server/platform/sealing/index";
import { sealOutputs, sealState } from "@plumbline/server/states/seal-state";
import type { Owner } from "./owner.ts";

const atOnce = 500;

interface Row {
  organization_id: string;
  workspace_id: string;
  component: string;
  environment: string;
  resource_count: number;
}

/** Gives every workspace that was applied a state of its own, sealed as the server does it. */
export async function sealStates(client: Owner, dataDir: string): Promise<void> {
  const sealing = openSealing(readRootKeyFile(join(dataDir, "root.key"), { mayCreate: false }));
  const { rows } = await client.query<Row>(
    "select organization_id, workspace_id, component, environment, resource_count from workspaces where applied_code_commit is not null",
  );
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = await Promise.all(
      rows.slice(from, from + atOnce).map(async (row) => {
        const id = randomUUID();
        const bytes = stateOf(row);
        return {
          id,
          workspace: row.workspace_id,
          organization: row.organization_id,
          resources: row.resource_count,
          sha256: createHash("sha256").update(bytes).digest("hex"),
          size: bytes.length,
          sealed: await sealState(sealing, row.organization_id, id, bytes),
          outputs: sealOutputs(sealing, row.organization_id, id, {
            id: { value: "x", type: "string", sensitive: false },
          }),
        };
      }),
    );
    await client.query(
      `insert into state_versions (organization_id, workspace_id, version, state_version_id, serial, lineage, sha256, size,
          resource_count, sealed, sealed_outputs, epoch, created_at)
        select * , 1, now() from (select unnest($1::uuid[]), unnest($2::uuid[]), 2::bigint, unnest($3::uuid[]), 2::bigint, 'seeded',
          unnest($4::text[]), unnest($5::bigint[]), unnest($6::integer[]), unnest($7::bytea[]), unnest($8::bytea[])) as u`,
      [
        some.map(({ organization }) => organization),
        some.map(({ workspace }) => workspace),
        some.map(({ id }) => id),
        some.map(({ sha256 }) => sha256),
        some.map(({ size }) => size),
        some.map(({ resources }) => resources),
        some.map(({ sealed }) => sealed),
        some.map(({ outputs }) => outputs),
      ],
    );
  }
  await client.query("update workspaces set state_version = 2 where applied_code_commit is not null");
}

/** A state of as many resources as the workspace has, of kinds that controls look at. */
function stateOf({ component, environment, resource_count: count }: Row): Buffer {
  const resources = Array.from({ length: count }, (_, at) => {
    const [type, attributes] = kinds(`${component}-${environment}-${at}`)[at % 5] ?? ["null_resource", {}];
    return {
      mode: "managed",
      type,
      name: `r${at}`,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ schema_version: 0, attributes: { id: `${component}-${at}`, ...attributes }, dependencies: [] }],
    };
  });
  const state = {
    version: 4,
    terraform_version: "1.11.4",
    serial: 2,
    lineage: "seeded",
    outputs: { id: { value: "x", type: "string" } },
    resources,
  };
  return Buffer.from(JSON.stringify(state));
}

function kinds(name: string): [string, Record<string, unknown>][] {
  const tags = { Name: name, owner: "p03", environment: "prod" };
  return [
    [
      "aws_s3_bucket",
      { bucket: name, acl: "private", force_destroy: false, region: "eu-central-1", tags, tags_all: tags },
    ],
    [
      "aws_s3_bucket_public_access_block",
      {
        bucket: name,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
    ],
    [
      "aws_security_group",
      {
        name,
        description: "of a service",
        vpc_id: "vpc-1",
        ingress: [
          {
            from_port: 443,
            to_port: 443,
            protocol: "tcp",
            cidr_blocks: ["10.0.0.0/8"],
            ipv6_cidr_blocks: [],
            description: "",
          },
        ],
        egress: [
          {
            from_port: 0,
            to_port: 0,
            protocol: "-1",
            cidr_blocks: ["0.0.0.0/0"],
            ipv6_cidr_blocks: [],
            description: "",
          },
        ],
        tags,
      },
    ],
    [
      "aws_kms_key",
      { description: name, enable_key_rotation: true, key_usage: "ENCRYPT_DECRYPT", tags, tags_all: tags },
    ],
    ["aws_cloudwatch_log_group", { name, retention_in_days: 30, kms_key_id: "", tags, tags_all: tags }],
  ];
}
