import { collectionFunctions } from "./collections.ts";
import { encodingFunctions } from "./encoding.ts";
import type { Functions } from "./function.ts";
import { networkFunctions } from "./network.ts";
import { stringFunctions } from "./strings.ts";

/** Every function that can be computed here; all others give unknown. */
export const functions: Functions = {
  ...collectionFunctions,
  ...encodingFunctions,
  ...networkFunctions,
  ...stringFunctions,
};
