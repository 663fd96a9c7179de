import type { Rule } from "../../rule.ts";
import { all, any, equals, matches, not, present } from "../../vocabulary/condition.ts";
import { instanceExample, instanceTypes, metadataOff, metadataOn } from "./instance-settings.ts";

const projectMetadata = (metadata: string) => `resource "google_compute_project_metadata" "shop" {
  metadata = {
    ${metadata}
  }
}`;

const item = (key: string, value: string) => `resource "google_compute_project_metadata_item" "shop" {
  key   = "${key}"
  value = "${value}"
}`;

const no = /^(?:false|0|n|no)$/i;

export const googleInstanceLoginRules: Rule[] = [
  {
    id: "google-instance-serial-port",
    severity: "medium",
    category: "exposure",
    title: "The machine's serial console can be reached over the network",
    resourceTypes: [...instanceTypes, "google_compute_project_metadata"],
    failsWhen: metadataOn("serial-port-enable"),
    why: "The console knows no network restrictions: anybody with a key or password gets to it from anywhere.",
    fix: "Leave serial-port-enable out of the metadata.",
    controls: ["CIS GCP 5.0 4.5"],
    examples: {
      bad: instanceExample("", 'serial-port-enable     = "TRUE"'),
      good: instanceExample("", 'serial-port-enable     = "FALSE"'),
    },
  },
  {
    id: "google-instance-project-keys",
    severity: "medium",
    category: "access",
    title: "The project's SSH keys open the machine",
    resourceTypes: instanceTypes,
    // With OS Login no keys of the metadata count.
    failsWhen: not(any(metadataOn("block-project-ssh-keys"), metadataOn("enable-oslogin"))),
    why: "One lost key opens every machine of the project.",
    fix: "Set block-project-ssh-keys or enable-oslogin to TRUE in the metadata.",
    controls: ["CIS GCP 5.0 4.3"],
    examples: {
      bad: `resource "google_compute_instance" "shop" {
  name         = "shop"
  machine_type = "e2-small"
  metadata = {
    startup-script = "true"
  }
}`,
      good: `resource "google_compute_instance" "shop" {
  name         = "shop"
  machine_type = "e2-small"
  metadata = {
    block-project-ssh-keys = "true"
  }
}`,
    },
  },
  {
    id: "google-instance-os-login-off",
    severity: "medium",
    category: "access",
    title: "The machine does without OS Login",
    resourceTypes: instanceTypes,
    failsWhen: metadataOff("enable-oslogin"),
    why: "Who may log in is then decided by keys in metadata, which nobody takes back when people leave.",
    fix: "Leave enable-oslogin out, or set it to TRUE.",
    controls: ["CIS GCP 5.0 4.4"],
    examples: {
      bad: instanceExample("", 'enable-oslogin         = "FALSE"'),
      good: instanceExample("", 'enable-oslogin         = "TRUE"'),
    },
  },
  {
    id: "google-project-os-login-off",
    severity: "medium",
    category: "access",
    title: "The project's machines do without OS Login",
    resourceTypes: ["google_compute_project_metadata"],
    failsWhen: not(metadataOn("enable-oslogin")),
    why: "Who may log in is then decided by keys in metadata, which nobody takes back when people leave.",
    fix: "Set enable-oslogin to TRUE in the project's metadata.",
    controls: ["CIS GCP 5.0 4.4"],
    examples: {
      bad: projectMetadata('owner          = "shop"'),
      good: projectMetadata('enable-oslogin = "TRUE"'),
    },
  },
  {
    id: "google-project-metadata-item-unsafe",
    severity: "medium",
    category: "access",
    title: "An entry of the project's metadata weakens the login to every machine",
    resourceTypes: ["google_compute_project_metadata_item"],
    failsWhen: any(
      all(matches("value", no), equals("key", "enable-oslogin")),
      all(matches("value", /^(?:true|1|y|yes)$/i), equals("key", "serial-port-enable")),
    ),
    why: "It holds for every machine that does not say otherwise itself.",
    fix: "Set enable-oslogin to TRUE and leave serial-port-enable out.",
    controls: ["CIS GCP 5.0 4.4", "CIS GCP 5.0 4.5"],
    examples: { bad: item("enable-oslogin", "FALSE"), good: item("enable-oslogin", "TRUE") },
  },
  {
    id: "google-project-metadata-ssh-keys",
    severity: "medium",
    category: "access",
    title: "SSH keys in the project's metadata open all of its machines",
    resourceTypes: ["google_compute_project_metadata"],
    failsWhen: any(present("metadata.ssh-keys"), present("metadata.sshKeys")),
    why: "One lost key opens every machine, and the keys stay when people leave.",
    fix: "Take the keys out and use OS Login.",
    controls: [],
    examples: {
      bad: projectMetadata('enable-oslogin = "TRUE"\n    ssh-keys       = "ann:ssh-ed25519 AAAA ann"'),
      good: projectMetadata('enable-oslogin = "TRUE"'),
    },
  },
];
