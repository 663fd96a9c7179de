import { exampleOf } from "../example.ts";

/** HCL of a database instance with more settings. */
export const rdsInstance = (more: string): string => exampleOf("aws_db_instance", `storage_encrypted = true\n${more}`);

/** HCL of a database cluster with more settings. */
export const rdsCluster = (more: string): string =>
  exampleOf("aws_rds_cluster", `engine = "aurora-postgresql"\nstorage_encrypted = true\n${more}`);
