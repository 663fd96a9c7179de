import { createPerson } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { newPassword } from "./new-password.ts";
import { personLines } from "./person-lines.ts";
import { readRoles } from "./read-roles.ts";

export interface CreateOptions {
  displayName: string;
  email?: string;
  address?: string[];
  role?: string[];
  password?: boolean;
}

/** `plumb people create` */
export async function createOne(context: Context, name: string, options: CreateOptions): Promise<void> {
  const { displayName, email, address = [] } = options;
  const roles = readRoles(options.role ?? []);
  const client = await context.client();
  const password = options.password === true ? await newPassword(context, name) : undefined;
  const made = await client.call(createPerson, {
    body: { name, displayName, email, addresses: address, password, roles },
  });
  context.print(made, (shown, look) => [
    ...personLines("Added", shown, look),
    ...(shown.roles.length === 0
      ? [`Next: plumb people grant ${shown.name} ROLE; without one nothing can be seen.`]
      : []),
  ]);
}
