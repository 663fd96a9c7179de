import { Role, RoleBinding } from "@plumbline/contract";
import { UsageFault } from "../command/faults.ts";

/** Roles as people write them: `reader`, `approver:prod`, `operator:globex/*`. Throws what names those there are. */
export function readRoles(texts: readonly string[]): RoleBinding[] {
  return texts.map((text) => {
    const colon = text.indexOf(":");
    const binding = RoleBinding.safeParse({
      role: colon < 0 ? text : text.slice(0, colon),
      environments: colon < 0 ? "*" : text.slice(colon + 1),
    });
    if (!binding.success)
      throw new UsageFault(
        `“${text}” is not a role.`,
        `Write one of ${Role.options.join(", ")}, with :ENVIRONMENT where it is limited: approver:prod.`,
      );
    return binding.data;
  });
}
