import type { Rule } from "../../../rule.ts";
import { all, any, type Condition, holds, isTrue, not, oneOf, worldOpen } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

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

export const awsVpnRules: Rule[] = [
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
    repair: "none",
    examples: examplesOf(
      "aws_dx_connection",
      'name = "office"\nlocation = "EqDC2"\nbandwidth = "10Gbps"\nrequest_macsec = true\nencryption_mode = "should_encrypt"',
      'name = "office"\nlocation = "EqDC2"\nbandwidth = "10Gbps"\nrequest_macsec = true\nencryption_mode = "must_encrypt"',
    ),
  },
];
