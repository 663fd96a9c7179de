import type { Condition } from "../../vocabulary/condition.ts";
import { all, holds, present } from "../../vocabulary/condition.ts";
import { isDefaultAccount } from "./default-account.ts";

/** Machines and what machines are made from. */
export const instanceTypes = [
  "google_compute_instance",
  "google_compute_instance_template",
  "google_compute_region_instance_template",
];

const yes = /^(?:true|1|y|yes)$/i;

/** Metadata says yes to this key. Google takes `TRUE`, `true`, `Y`, `1`. */
export function metadataOn(key: string): Condition {
  return metadataIs(key, (value) => yes.test(value));
}

/** The key is there and says something else than yes. */
export function metadataOff(key: string): Condition {
  return metadataIs(key, (value) => value !== "" && !yes.test(value));
}

function metadataIs(key: string, test: (value: string) => boolean): Condition {
  return holds(
    `metadata.${key}`,
    "text",
    (value) => value !== null && typeof value !== "object" && test(String(value)),
  );
}

/** The account that every project has for its machines; it may edit the whole project unless somebody took that away. */
export const usesDefaultAccount = all(isDefaultAccount("service_account.email"), present("service_account"));

/** HCL of a machine that is well made but for what is given here. */
export function instanceExample(more: string, metadata = 'enable-oslogin = "TRUE"'): string {
  return `resource "google_compute_instance" "shop" {
  name         = "shop"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  boot_disk {
    kms_key_self_link = "shop"
  }
  metadata = {
    block-project-ssh-keys = "true"
    ${metadata}
  }
${more}
}`;
}

export const shielded = `  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }`;
