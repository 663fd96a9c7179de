import { all, any, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { cisAws, cisAws7 } from "./editions.ts";
import type { Control, Existence } from "../control.ts";

const isOn = not(equals("enable_logging", false));

/** A trail that records what is done with objects: `WriteOnly` or `ReadOnly`, or both. */
function recordsObjects(half: "WriteOnly" | "ReadOnly"): Existence {
  const otherHalf = half === "WriteOnly" ? /^true$/i : /^false$/i;
  const basic = some(
    "event_selector",
    all(
      some("data_resource", equals("type", "AWS::S3::Object")),
      any(oneOf("read_write_type", ["All", half]), not(present("read_write_type"))),
    ),
  );
  const advanced = some(
    "advanced_event_selector",
    all(field("resources.type", /^AWS::S3::Object$/), not(field("readOnly", otherHalf))),
  );
  return { resourceTypes: ["aws_cloudtrail"], where: all(any(basic, advanced), isOn) };
}

function field(name: string, value: RegExp): Condition {
  return some("field_selector", all(anyMatches("equals", value), equals("field", name)));
}

/** Section 3 of CIS AWS Foundations 5.0: records. */
export const cisAwsLogging: readonly Control[] = [
  cisAws({
    id: "3.1",
    newId: "4.1",
    title: "A trail records all calls in every region",
    scope: "account",
    severity: "medium",
    exists: { resourceTypes: ["aws_cloudtrail"], where: all(isTrue("is_multi_region_trail"), isOn) },
  }),
  cisAws({
    id: "3.2",
    newId: "4.2",
    title: "Changes of a trail's files are noticed",
    scope: "resource",
    severity: "medium",
  }),
  cisAws({
    id: "3.3",
    newId: "4.3",
    title: "The configuration of all resources is recorded",
    scope: "account",
    severity: "medium",
    exists: { resourceTypes: ["aws_config_configuration_recorder_status"], where: isTrue("is_enabled") },
  }),
  cisAws({
    id: "3.4",
    newId: "4.4",
    title: "Access to the bucket of a trail is logged",
    scope: "joined",
    severity: "low",
  }),
  cisAws({
    id: "3.5",
    newId: "4.5",
    title: "A trail's files are encrypted with a key of one's own",
    scope: "resource",
    severity: "medium",
  }),
  cisAws({ id: "3.6", newId: "4.6", title: "Keys are rotated", scope: "resource", severity: "medium" }),
  cisAws({
    id: "3.7",
    newId: "4.7",
    title: "The traffic of every network is logged",
    scope: "joined",
    severity: "medium",
  }),
  cisAws({
    id: "3.8",
    newId: "4.8",
    title: "Changes of objects are recorded",
    scope: "account",
    severity: "low",
    exists: recordsObjects("WriteOnly"),
  }),
  cisAws({
    id: "3.9",
    newId: "4.9",
    title: "Reading of objects is recorded",
    scope: "account",
    severity: "low",
    exists: recordsObjects("ReadOnly"),
  }),
  cisAws7({
    id: "4.10",
    title: "Load balancers, distributions and gateways log requests",
    scope: "resource",
    severity: "medium",
  }),
];
