import type { SecretKind } from "../kind.ts";
import { cloudKinds } from "./cloud-keys.ts";
import { codeKinds } from "./code-and-packages.ts";
import { dataKinds } from "./data-and-models.ts";
import { keyKinds } from "./keys-and-addresses.ts";
import { messageKinds } from "./messages-and-work.ts";
import { paymentKinds } from "./payments.ts";
import { watchingKinds } from "./watching.ts";

/**
 * Every kind of credential that is known by its format. Formats are those that the services publish, or show in what
 * they issue. A new service is a line in one of these files.
 */
export const secretKinds: readonly SecretKind[] = [
  ...cloudKinds,
  ...codeKinds,
  ...dataKinds,
  ...keyKinds,
  ...messageKinds,
  ...paymentKinds,
  ...watchingKinds,
];
