import type { Rule } from "../../rule.ts";
import {
  all,
  any,
  connected,
  equals,
  holds,
  isTrue,
  matches,
  not,
  oneOf,
  some,
  worldOpen,
} from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { allows, everyAction, isRestricted, onEverything, statement } from "../../vocabulary/policy-document.ts";
import { exampleOf, examplesOf } from "./example.ts";

const endpointPolicy = (action: string) => `vpc_endpoint_id = "vpce-0abc"
policy = jsonencode({
  Statement = [{ Effect = "Allow", Principal = "*", Action = "${action}", Resource = "*" }]
})`;

const clientVpn = (logging: boolean) => `client_cidr_block = "10.90.0.0/22"
server_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/abc"
authentication_options {
  type = "certificate-authentication"
}
connection_log_options {
  enabled = ${logging}
}`;

const vpn = (more: string) => `customer_gateway_id = "cgw-0abc"
type = "ipsec.1"
${more}`;

/** One of the two tunnels of a connection takes it. What is not listed leaves the choice to the other side. */
function eitherTunnel(attribute: string, pattern: RegExp): Condition[] {
  return ["tunnel1", "tunnel2"].map((tunnel) => anyMatches(`${tunnel}_${attribute}`, pattern));
}

function eitherTunnelGroup(attribute: string): Condition[] {
  return ["tunnel1", "tunnel2"].map((tunnel) =>
    holds(
      `${tunnel}_${attribute}`,
      "texts",
      (value) => Array.isArray(value) && value.some((group) => Number(group) === 2),
    ),
  );
}

export const awsNetworkLinkRules: Rule[] = [
  {
    id: "aws-vpn-old-algorithms",
    severity: "medium",
    category: "encryption",
    title: "A tunnel of the VPN takes old algorithms",
    resourceTypes: ["aws_vpn_connection"],
    failsWhen: any(
      ...eitherTunnel("ike_versions", /^ikev1$/i),
      ...eitherTunnel("phase1_integrity_algorithms", /^SHA1$/i),
      ...eitherTunnel("phase2_integrity_algorithms", /^SHA1$/i),
      ...eitherTunnelGroup("phase1_dh_group_numbers"),
      ...eitherTunnelGroup("phase2_dh_group_numbers"),
    ),
    why: "IKEv1, SHA-1 and the 1024-bit group no longer stand against an attacker who records the traffic.",
    fix: "Allow ikev2, SHA2-256 or better, and Diffie-Hellman groups from 14 on, for both tunnels.",
    controls: [],
    examples: examplesOf(
      "aws_vpn_connection",
      vpn('tunnel1_ike_versions = ["ikev1", "ikev2"]'),
      vpn('tunnel1_ike_versions = ["ikev2"]'),
    ),
  },
  {
    id: "aws-vpn-clients-not-logged",
    severity: "medium",
    category: "logging",
    title: "Connections to the client VPN are not logged",
    resourceTypes: ["aws_ec2_client_vpn_endpoint"],
    failsWhen: not(isTrue("connection_log_options.enabled")),
    why: "After an incident nobody can tell who was inside the network.",
    fix: "Set connection_log_options { enabled = true } with a log group.",
    controls: [],
    examples: examplesOf("aws_ec2_client_vpn_endpoint", clientVpn(false), clientVpn(true)),
  },
  {
    id: "aws-vpn-clients-everywhere",
    severity: "medium",
    category: "access",
    title: "Everybody on the client VPN reaches every network",
    resourceTypes: ["aws_ec2_client_vpn_authorization_rule"],
    failsWhen: all(worldOpen("target_network_cidr"), isTrue("authorize_all_groups")),
    why: "One stolen laptop reaches all that the VPN reaches.",
    fix: "Name the network in target_network_cidr and the group in access_group_id.",
    controls: [],
    examples: examplesOf(
      "aws_ec2_client_vpn_authorization_rule",
      'client_vpn_endpoint_id = "cvpn-endpoint-0abc"\ntarget_network_cidr = "0.0.0.0/0"\nauthorize_all_groups = true',
      'client_vpn_endpoint_id = "cvpn-endpoint-0abc"\ntarget_network_cidr = "10.20.0.0/16"\nauthorize_all_groups = true',
    ),
  },
  {
    id: "aws-dx-in-clear",
    severity: "low",
    category: "encryption",
    title: "The direct connection may carry traffic in clear",
    resourceTypes: ["aws_dx_connection"],
    failsWhen: all(oneOf("encryption_mode", ["no_encrypt", "should_encrypt"]), isTrue("request_macsec")),
    why: "Whoever gets at the line between the sites reads the traffic.",
    fix: 'Set encryption_mode = "must_encrypt".',
    controls: [],
    examples: examplesOf(
      "aws_dx_connection",
      'name = "office"\nlocation = "EqDC2"\nbandwidth = "10Gbps"\nrequest_macsec = true\nencryption_mode = "should_encrypt"',
      'name = "office"\nlocation = "EqDC2"\nbandwidth = "10Gbps"\nrequest_macsec = true\nencryption_mode = "must_encrypt"',
    ),
  },
  {
    id: "aws-endpoint-policy-everything",
    severity: "low",
    category: "access",
    title: "The endpoint's policy allows everything to everybody",
    resourceTypes: ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"],
    failsWhen: statement(
      "policy",
      (one) =>
        allows(one) && everyAction(one) && onEverything(one) && one.principals.aws.includes("*") && !isRestricted(one),
    ),
    why: "Data can be carried out to buckets and queues of strangers' accounts through it.",
    fix: "Restrict the policy to your own resources or organization (aws:ResourceOrgID, aws:PrincipalOrgID).",
    controls: [],
    examples: examplesOf("aws_vpc_endpoint_policy", endpointPolicy("*"), endpointPolicy("s3:GetObject")),
  },
  {
    id: "aws-endpoint-service-any-principal",
    severity: "medium",
    category: "exposure",
    title: "Every AWS account may connect to the endpoint service",
    resourceTypes: ["aws_vpc_endpoint_service"],
    failsWhen: anyMatches("allowed_principals", /^\*$/),
    why: "Anybody can find the service and ask for, or get, a connection into the network behind it.",
    fix: "List the accounts or roles in allowed_principals.",
    controls: [],
    examples: examplesOf(
      "aws_vpc_endpoint_service",
      'acceptance_required = true\nallowed_principals = ["*"]',
      'acceptance_required = true\nallowed_principals = ["arn:aws:iam::111122223333:root"]',
    ),
  },
  {
    id: "aws-endpoint-service-open-to-any-principal",
    severity: "medium",
    category: "exposure",
    title: "Every AWS account is allowed at an endpoint service",
    resourceTypes: ["aws_vpc_endpoint_service_allowed_principal"],
    failsWhen: equals("principal_arn", "*"),
    why: "Anybody can find the service and ask for, or get, a connection into the network behind it.",
    fix: "Name the account or role in principal_arn.",
    controls: [],
    examples: examplesOf(
      "aws_vpc_endpoint_service_allowed_principal",
      'vpc_endpoint_service_id = "vpce-svc-0abc"\nprincipal_arn = "*"',
      'vpc_endpoint_service_id = "vpce-svc-0abc"\nprincipal_arn = "arn:aws:iam::111122223333:root"',
    ),
  },
  {
    id: "aws-vpc-internet-block-off",
    severity: "low",
    category: "exposure",
    title: "The account's block of traffic from the internet is switched off",
    resourceTypes: ["aws_vpc_block_public_access_options"],
    failsWhen: equals("internet_gateway_block_mode", "off"),
    why: "It is the net below all route tables and groups of the account.",
    fix: 'Set internet_gateway_block_mode = "block-ingress", with exclusions for networks that serve the internet.',
    controls: [],
    examples: {
      bad: exampleOf("aws_vpc_block_public_access_options", 'internet_gateway_block_mode = "off"', "all"),
      good: [
        exampleOf("aws_vpc_block_public_access_options", 'internet_gateway_block_mode = "block-ingress"', "all"),
        exampleOf(
          "aws_vpc_block_public_access_exclusion",
          'vpc_id = "vpc-0abc"\ninternet_gateway_exclusion_mode = "allow-bidirectional"',
          "web",
        ),
      ].join("\n"),
    },
  },
  {
    id: "aws-vpc-prefix-list-everything",
    severity: "medium",
    category: "exposure",
    title: "The list of networks takes in the whole internet",
    resourceTypes: ["aws_ec2_managed_prefix_list"],
    failsWhen: some("entry", worldOpen("cidr"), ["cidr"]),
    why: "Every rule and route that names the list is open to all, and none of them shows it.",
    fix: "List the networks that are meant.",
    controls: [],
    examples: examplesOf(
      "aws_ec2_managed_prefix_list",
      'name = "partners"\naddress_family = "IPv4"\nmax_entries = 5\nentry {\n  cidr = "0.0.0.0/0"\n}',
      'name = "partners"\naddress_family = "IPv4"\nmax_entries = 5\nentry {\n  cidr = "203.0.113.0/24"\n}',
    ),
  },
  {
    id: "aws-vpc-prefix-list-entry-everything",
    severity: "medium",
    category: "exposure",
    title: "An entry of a list of networks takes in the whole internet",
    resourceTypes: ["aws_ec2_managed_prefix_list_entry"],
    failsWhen: worldOpen("cidr"),
    why: "Every rule and route that names the list is open to all, and none of them shows it.",
    fix: "List the networks that are meant.",
    controls: [],
    examples: examplesOf(
      "aws_ec2_managed_prefix_list_entry",
      'prefix_list_id = "pl-0abc"\ncidr = "0.0.0.0/0"',
      'prefix_list_id = "pl-0abc"\ncidr = "203.0.113.0/24"',
    ),
  },
  {
    id: "aws-vpc-flow-log-partial",
    severity: "low",
    category: "logging",
    title: "The flow log leaves out a part of the traffic",
    resourceTypes: ["aws_flow_log"],
    failsWhen: oneOf("traffic_type", ["ACCEPT", "REJECT"]),
    why: "Either the attempts or the successes of an attacker are missing.",
    fix: 'Set traffic_type = "ALL".',
    controls: [],
    examples: examplesOf(
      "aws_flow_log",
      'vpc_id = "vpc-0abc"\nlog_destination = "arn:aws:s3:::flow-logs"\nlog_destination_type = "s3"\ntraffic_type = "REJECT"',
      'vpc_id = "vpc-0abc"\nlog_destination = "arn:aws:s3:::flow-logs"\nlog_destination_type = "s3"\ntraffic_type = "ALL"',
    ),
  },
  {
    id: "aws-vpc-no-gateway-endpoint",
    severity: "low",
    category: "exposure",
    title: "The network has no endpoint for S3 or DynamoDB",
    resourceTypes: ["aws_vpc"],
    failsWhen: not(
      connected(
        "aws_vpc_endpoint",
        { from: "vpc_id", to: ["id"] },
        matches("service_name", /\.(?:s3|s3express|dynamodb)$/),
      ),
    ),
    why: "Traffic to storage leaves the network through a gateway to the internet, where no policy limits whose buckets it reaches.",
    fix: "Add an aws_vpc_endpoint of the type Gateway for s3, and one for dynamodb.",
    controls: ["CIS AWS 7.0 6.8"],
    examples: {
      bad: 'resource "aws_vpc" "shop" {\n  cidr_block = "10.20.0.0/16"\n}',
      good: `resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}
resource "aws_vpc_endpoint" "storage" {
  vpc_id       = aws_vpc.shop.id
  service_name = "com.amazonaws.eu-west-1.s3"
}`,
    },
  },
];
