import { z } from "zod";

const word = "[a-z][a-z0-9_-]{0,62}";

/** A component's, layer's or client's name. */
const simpleNamePattern = new RegExp(`^${word}$`);
/** An environment's name: a simple name, or a client's and a simple one: `globex/prod`. */
const environmentNamePattern = new RegExp(`^${word}(?:/${word})?$`);
/** A variable or output of Terraform code. */
const identifierPattern = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;

export const SimpleName = z
  .string()
  .regex(simpleNamePattern, "a name begins with a small letter and has at most 63 small letters, digits, - and _");
export const EnvironmentName = z
  .string()
  .regex(
    environmentNamePattern,
    "an environment is named like prod, or like globex/prod with its client before the slash",
  );
export const Identifier = z.string().regex(identifierPattern, "this is not a name of a variable or output");
