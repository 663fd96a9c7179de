import type { Rule } from "../../../rule.ts";
import { all, equals, matches, some } from "../../../vocabulary/condition.ts";
import { examplesOf } from "../example.ts";

const beanstalk = (namespace: string, name: string, value: string) => `name = "shop"
application = "shop"
setting {
  namespace = "${namespace}"
  name      = "${name}"
  value     = "${value}"
}`;

const setting = (namespace: string, name: string, value: RegExp) =>
  some("setting", all(matches("value", value), equals("name", name), equals("namespace", namespace)), [
    "namespace",
    "name",
  ]);

export const awsBeanstalkRules: Rule[] = [
  {
    id: "aws-beanstalk-metadata-tokens",
    severity: "high",
    category: "access",
    title: "The environment's machines give metadata without a token",
    resourceTypes: ["aws_elastic_beanstalk_environment"],
    failsWhen: setting("aws:autoscaling:launchconfiguration", "DisableIMDSv1", /^false$/i),
    why: "A fault in an application that fetches addresses for others gives away the credentials of the instances' role.",
    fix: "Set DisableIMDSv1 to true.",
    controls: ["CIS AWS 5.0 5.7"],
    examples: examplesOf(
      "aws_elastic_beanstalk_environment",
      beanstalk("aws:autoscaling:launchconfiguration", "DisableIMDSv1", "false"),
      beanstalk("aws:autoscaling:launchconfiguration", "DisableIMDSv1", "true"),
      "shop",
    ),
  },
  {
    id: "aws-beanstalk-updates-off",
    severity: "low",
    category: "maintenance",
    title: "The environment's platform is not updated by itself",
    resourceTypes: ["aws_elastic_beanstalk_environment"],
    failsWhen: setting("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", /^false$/i),
    why: "Known faults of the system and the runtime stay open until somebody thinks of it.",
    fix: "Set ManagedActionsEnabled to true, with PreferredStartTime and UpdateLevel.",
    controls: [],
    examples: examplesOf(
      "aws_elastic_beanstalk_environment",
      beanstalk("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", "false"),
      beanstalk("aws:elasticbeanstalk:managedactions", "ManagedActionsEnabled", "true"),
      "shop",
    ),
  },
];
