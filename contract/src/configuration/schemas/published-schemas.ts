/** The schemas that are published, by the names of their files in docs/schemas and under /api/schemas. */
export const publishedSchemas = [
  "plumbline.json",
  "environment.json",
  "sealed.json",
  "plumbline-policy.json",
  "scan.schema.json",
] as const;
