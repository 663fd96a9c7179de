import { createHash } from "node:crypto";

/** A state as the engine writes it (format version 4, indented), of about that many bytes, in a line of serials. */
export function largeState(options: { lineage: string; serial: number; bytes: number }): Buffer {
  const { lineage, serial, bytes } = options;
  const resources: unknown[] = [];
  const sample = Buffer.byteLength(JSON.stringify(instance(0, serial), undefined, 2)) * 1.3;
  for (let index = 0; index < bytes / sample; index++) resources.push(instance(index, serial));
  const state = {
    version: 4,
    terraform_version: "1.11.4",
    serial,
    lineage,
    outputs: {},
    resources,
    check_results: null,
  };
  const text = Buffer.from(`${JSON.stringify(state, undefined, 2)}\n`);
  // Blanks at the end, which JSON allows, make the size exact.
  return text.length >= bytes ? text : Buffer.concat([text, Buffer.alloc(bytes - text.length, " ")]);
}

/** A security group rule as a provider writes it; every tenth changes with each serial. */
function instance(index: number, serial: number): unknown {
  const random = (what: string) => createHash("sha256").update(`${what} ${index}`).digest("hex");
  const id = `sgr-${random("id").slice(0, 17)}`;
  const group = `sg-${random("group").slice(0, 17)}`;
  return {
    mode: "managed",
    type: "aws_vpc_security_group_ingress_rule",
    name: `rule_${index}`,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [
      {
        schema_version: 0,
        attributes: {
          arn: `arn:aws:ec2:eu-central-1:123456789012:security-group-rule/${id}`,
          cidr_ipv4: `10.${index % 256}.${(index >> 8) % 256}.0/24`,
          cidr_ipv6: null,
          description: index % 10 === 0 ? `changed in serial ${serial}` : `rule ${random("text").slice(0, 24)}`,
          from_port: 1024 + (index % 60_000),
          id,
          ip_protocol: "tcp",
          prefix_list_id: null,
          referenced_security_group_id: null,
          security_group_id: group,
          security_group_rule_id: id,
          tags: { owner: "shop-team", "cost-centre": "4711", environment: "prod" },
          tags_all: { owner: "shop-team", "cost-centre": "4711", environment: "prod" },
          to_port: 1024 + (index % 60_000),
        },
        sensitive_attributes: [],
        private: Buffer.from(random("private")).toString("base64"),
        dependencies: [`aws_security_group.group_${index % 50}`],
      },
    ],
  };
}
