import { cisAwsControls } from "./cis-aws/cis-aws.ts";
import { cisAzureControls } from "./cis-azure/cis-azure.ts";
import { cisGcpControls } from "./cis-gcp/cis-gcp.ts";
import { catalogueEditions } from "./control-catalogue.ts";
import type { ControlCatalogue } from "./control-catalogue.ts";

/** Every catalogue of controls that there is a report on, one entry for each edition. */
export const controlCatalogues: readonly ControlCatalogue[] = [
  ...catalogueEditions(cisAwsControls, "aws", {
    "CIS AWS 5.0": "CIS AWS Foundations 5.0",
    "CIS AWS 7.0": "CIS AWS Foundations 7.0",
  }),
  ...catalogueEditions(cisAzureControls, "azurerm", {
    "CIS Azure 5.0": "CIS Azure Foundations 5.0",
    "CIS Azure 3.0": "CIS Azure Foundations 3.0",
  }),
  ...catalogueEditions(cisGcpControls, "google", { "CIS GCP 5.0": "CIS Google Cloud Foundations 5.0" }),
];
