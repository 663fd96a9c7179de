import { z } from "zod";
import { EnvironmentFile, RepositoryFile, SealedFile } from "./schemas.ts";

/** The JSON Schemas (draft 2020-12) of the configuration files, by the name of the file they describe. */
export function configurationJsonSchemas(): Record<"plumbline.yaml" | "environment.yaml" | "sealed.yaml", object> {
  return {
    "plumbline.yaml": z.toJSONSchema(RepositoryFile),
    "environment.yaml": z.toJSONSchema(EnvironmentFile),
    "sealed.yaml": z.toJSONSchema(SealedFile),
  };
}
