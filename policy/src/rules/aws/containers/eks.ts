import type { Rule } from "../../../rule.ts";
import { all, equals, matches, not, present, worldOpen } from "../../../vocabulary/condition.ts";
import { anyMatches } from "../../../vocabulary/list.ts";
import { examplesOf } from "../example.ts";

const association = (policy: string) => `cluster_name = "shop"
principal_arn = "arn:aws:iam::111122223333:role/deploy"
policy_arn = "arn:aws:eks::aws:cluster-access-policy/${policy}"
access_scope {
  type = "cluster"
}`;

const cluster = (network: string, more = "") => `resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-0abc"]
${network}
  }
${more}
}`;

const closed = "    endpoint_public_access = false";

export const awsEksRules: Rule[] = [
  {
    id: "aws-eks-administrator-access",
    severity: "low",
    category: "access",
    title: "A role administrates the whole cluster",
    resourceTypes: ["aws_eks_access_policy_association"],
    failsWhen: all(
      matches("policy_arn", /\/AmazonEKS(?:Cluster)?AdminPolicy$/),
      equals("access_scope.type", "cluster"),
    ),
    why: "Whoever can take the role reads every secret of every team in the cluster.",
    fix: "Associate AmazonEKSEditPolicy with the namespaces it works in; keep administration for a few people.",
    controls: [],
    examples: examplesOf(
      "aws_eks_access_policy_association",
      association("AmazonEKSClusterAdminPolicy"),
      association("AmazonEKSViewPolicy"),
    ),
  },
  {
    id: "aws-eks-access-by-config-map",
    severity: "low",
    category: "access",
    title: "Who may use the cluster stands in a map inside it only",
    resourceTypes: ["aws_eks_cluster"],
    failsWhen: equals("access_config.authentication_mode", "CONFIG_MAP"),
    why: "The map is not in the code, is easily broken, and whoever made the cluster is administrator without standing anywhere.",
    fix: 'Set authentication_mode = "API" and use aws_eks_access_entry.',
    controls: [],
    examples: examplesOf(
      "aws_eks_cluster",
      'name = "shop"\naccess_config {\n  authentication_mode = "CONFIG_MAP"\n}',
      'name = "shop"\naccess_config {\n  authentication_mode = "API"\n}',
    ),
  },
  {
    id: "aws-eks-endpoint-public",
    severity: "high",
    category: "exposure",
    title: "The cluster's API can be reached from the whole internet",
    resourceTypes: ["aws_eks_cluster"],
    // The provider's default is public, for every network.
    failsWhen: all(
      not(all(present("vpc_config.public_access_cidrs"), not(worldOpen("vpc_config.public_access_cidrs")))),
      not(equals("vpc_config.endpoint_public_access", false)),
      present("vpc_config"),
    ),
    why: "Anybody can try stolen credentials and known faults against it.",
    fix: "Set endpoint_public_access = false, or list your own networks in public_access_cidrs.",
    controls: [],
    examples: { bad: cluster(""), good: cluster('    public_access_cidrs = ["203.0.113.0/24"]') },
  },
  {
    id: "aws-eks-secrets-no-own-key",
    severity: "low",
    category: "encryption",
    title: "The cluster's secrets are not encrypted with a key of your own",
    resourceTypes: ["aws_eks_cluster"],
    failsWhen: not(anyMatches("encryption_config.resources", /^secrets$/)),
    why: "With a key of your own, reading the stored secrets needs a second permission, and every use of it is recorded.",
    fix: 'Add encryption_config with resources = ["secrets"] and a key.',
    controls: [],
    examples: {
      bad: cluster(closed),
      good: cluster(
        closed,
        `  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-west-1:111122223333:key/abc"
    }
  }`,
      ),
    },
  },
  {
    id: "aws-eks-audit-log-off",
    severity: "medium",
    category: "logging",
    title: "What is done in the cluster is not logged",
    resourceTypes: ["aws_eks_cluster"],
    failsWhen: not(anyMatches("enabled_cluster_log_types", /^audit$/)),
    why: "After an incident nobody can tell who did what.",
    fix: 'Put "audit" and "authenticator" into enabled_cluster_log_types.',
    controls: [],
    examples: {
      bad: cluster(closed, '  enabled_cluster_log_types = ["api"]'),
      good: cluster(closed, '  enabled_cluster_log_types = ["api", "audit"]'),
    },
  },
  {
    id: "aws-eks-version-ended",
    severity: "medium",
    category: "maintenance",
    title: "The cluster's version gets no security fixes any more",
    resourceTypes: ["aws_eks_cluster"],
    // https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
    failsWhen: matches("version", /^1\.(?:\d|1\d|2\d)$/),
    why: "Faults that become known stay open until the cluster is upgraded by force, without a test.",
    fix: "Upgrade to a version in standard support.",
    controls: [],
    examples: { bad: cluster(closed, '  version = "1.24"'), good: cluster(closed, '  version = "1.34"') },
  },
  {
    id: "aws-eks-nodes-shell-open",
    severity: "high",
    category: "exposure",
    title: "SSH on the cluster's machines is open to the whole internet",
    resourceTypes: ["aws_eks_node_group"],
    // With a key and no group the service opens port 22 to everybody.
    failsWhen: all(not(present("remote_access.source_security_group_ids")), present("remote_access.ec2_ssh_key")),
    why: "Whoever gets in controls the machine and everything that runs on it.",
    fix: "Name the groups that may come in source_security_group_ids, or leave remote_access out and use Session Manager.",
    controls: ["CIS AWS 5.0 5.3"],
    examples: {
      bad: `resource "aws_eks_node_group" "shop" {
  cluster_name = "shop"
  remote_access {
    ec2_ssh_key = "operators"
  }
}`,
      good: `resource "aws_eks_node_group" "shop" {
  cluster_name = "shop"
  remote_access {
    ec2_ssh_key               = "operators"
    source_security_group_ids = ["sg-0abc"]
  }
}`,
    },
  },
];
