import { changePerson } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { newPassword } from "./new-password.ts";
import { personLines } from "./person-lines.ts";

export interface ChangeOptions {
  displayName?: string;
  email?: string;
  address?: string[];
  password?: boolean;
}

/** `plumb people change` */
export async function changeOne(context: Context, name: string, options: ChangeOptions): Promise<void> {
  const { displayName, email, address } = options;
  if (Object.keys(options).every((key) => key === "json"))
    throw new UsageFault("It is not said what to change.", "Give --display-name, --email, --address or --password.");
  const client = await context.client();
  const password = options.password === true ? await newPassword(context, name) : undefined;
  const changed = await client.call(changePerson, {
    params: { name },
    body: { displayName, email: email === "none" ? null : email, addresses: address, password },
  });
  context.print(changed, (shown, look) => personLines("Changed", shown, look));
}
