import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { instanceExample, instanceTypes, shielded, usesDefaultAccount } from "./instance-settings.ts";

const fullScope = anyMatches("service_account.scopes", /(?:^|\/)cloud-platform$/);

const account = (email: string, scope: string) => `  service_account {
${email}    scopes = ["${scope}"]
  }`;
const ownAccount = '    email  = "shop@shop-prod.iam.gserviceaccount.com"\n';

const network = (more: string) => `  network_interface {
    subnetwork = "shop"
${more}  }`;

export const googleInstanceRules: Rule[] = [
  {
    id: "google-instance-default-account",
    severity: "medium",
    category: "access",
    title: "The machine runs as the project's default service account",
    resourceTypes: instanceTypes,
    // With access to everything the next rule says so.
    failsWhen: all(usesDefaultAccount, not(fullScope)),
    why: "All machines share it, and in most projects it may edit everything; only the scopes hold it back.",
    fix: "Make a google_service_account with the roles this machine needs and name it in service_account.email.",
    controls: ["CIS GCP 5.0 4.1"],
    examples: {
      bad: instanceExample(account("", "storage-ro")),
      good: instanceExample(account(ownAccount, "storage-ro")),
    },
  },
  {
    id: "google-instance-default-account-full-access",
    severity: "high",
    category: "access",
    title: "The machine runs as the default service account with access to all of the cloud's interfaces",
    resourceTypes: instanceTypes,
    failsWhen: all(usesDefaultAccount, fullScope),
    why: "Whoever gets into the machine may as a rule change everything in the project.",
    fix: "Make a google_service_account with the roles this machine needs and name it in service_account.email.",
    controls: ["CIS GCP 5.0 4.1", "CIS GCP 5.0 4.2"],
    examples: {
      bad: instanceExample(account("", "cloud-platform")),
      good: instanceExample(account(ownAccount, "cloud-platform")),
    },
  },
  {
    id: "google-instance-public-address",
    severity: "medium",
    category: "exposure",
    title: "The machine has an address on the internet",
    resourceTypes: instanceTypes,
    failsWhen: some("network_interface", any(present("access_config"), present("ipv6_access_config")), [
      "network",
      "subnetwork",
    ]),
    why: "One firewall rule too wide, and anybody can attack it directly.",
    fix: "Leave access_config out: reach the machine through IAP or a load balancer, and let it out through Cloud NAT.",
    controls: ["CIS GCP 5.0 4.9"],
    examples: {
      bad: instanceExample(network('    access_config {\n      network_tier = "PREMIUM"\n    }\n')),
      good: instanceExample(network("")),
    },
  },
  {
    id: "google-instance-forwards-packets",
    severity: "medium",
    category: "exposure",
    title: "The machine may send packets in the name of others",
    resourceTypes: instanceTypes,
    failsWhen: isTrue("can_ip_forward"),
    why: "It can pass traffic around the firewall and forge senders.",
    fix: "Leave can_ip_forward out unless the machine is a router.",
    controls: ["CIS GCP 5.0 4.6"],
    examples: { bad: instanceExample("  can_ip_forward = true"), good: instanceExample("  can_ip_forward = false") },
  },
  {
    id: "google-instance-not-shielded",
    severity: "medium",
    category: "integrity",
    title: "The machine's start is not measured and watched",
    resourceTypes: instanceTypes,
    failsWhen: any(
      not(present("shielded_instance_config")),
      equals("shielded_instance_config.enable_vtpm", false),
      equals("shielded_instance_config.enable_integrity_monitoring", false),
    ),
    why: "A changed boot loader or kernel, the way to stay hidden after a break-in, goes unnoticed.",
    fix: "Add shielded_instance_config with enable_vtpm and enable_integrity_monitoring.",
    controls: ["CIS GCP 5.0 4.8"],
    examples: {
      bad: instanceExample(
        shielded.replace("enable_vtpm                 = true", "enable_vtpm                 = false"),
      ),
      good: instanceExample(shielded),
    },
  },
  {
    id: "google-instance-secure-boot-off",
    severity: "low",
    category: "integrity",
    title: "The machine also starts unsigned boot loaders and drivers",
    resourceTypes: instanceTypes,
    failsWhen: all(not(isTrue("shielded_instance_config.enable_secure_boot")), present("shielded_instance_config")),
    why: "Malware below the operating system survives reinstalling it.",
    fix: "Set shielded_instance_config.enable_secure_boot = true, unless a driver is unsigned.",
    controls: [],
    examples: {
      bad: instanceExample(shielded.replace("secure_boot          = true", "secure_boot          = false")),
      good: instanceExample(shielded),
    },
  },
  {
    id: "google-instance-not-confidential",
    severity: "low",
    category: "encryption",
    title: "The machine's memory is not encrypted",
    resourceTypes: instanceTypes,
    failsWhen: not(
      any(
        isTrue("confidential_instance_config.enable_confidential_compute"),
        oneOf("confidential_instance_config.confidential_instance_type", ["SEV", "SEV_SNP", "TDX"]),
      ),
    ),
    why: "Who controls the host could read what the machine works on.",
    fix: "For sensitive work take a confidential machine type and add confidential_instance_config.",
    controls: ["CIS GCP 5.0 4.11"],
    repair: "none",
    examples: {
      bad: instanceExample(""),
      good: instanceExample(`  confidential_instance_config {
    enable_confidential_compute = true
  }`),
    },
  },
];
