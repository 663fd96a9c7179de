/** Where the table of a provider comes from, and which resource types are its. */
export interface ProviderTable {
  /** The file is `<name>.json`. */
  name: string;
  /** Every type of the provider begins with it. */
  prefix: string;
  source: string;
  repository: string;
  /**
   * npm packages with the provider's attributes, newest first; without them the provider itself is asked. Older ones
   * add what newer ones have renamed or removed, because plans and states of those are judged too.
   */
  packages: readonly string[];
  /** What the provider's own notes say of newer versions than any package has: type → attribute → what it is. */
  later?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const providerTables: readonly ProviderTable[] = [
  {
    name: "aws",
    prefix: "aws_",
    source: "registry.terraform.io/hashicorp/aws",
    repository: "https://github.com/hashicorp/terraform-provider-aws",
    packages: [],
  },
  {
    name: "azurerm",
    prefix: "azurerm_",
    source: "registry.terraform.io/hashicorp/azurerm",
    repository: "https://github.com/hashicorp/terraform-provider-azurerm",
    packages: ["@cdktf/provider-azurerm@14.23.1", "@cdktf/provider-azurerm@12.27.0", "@cdktf/provider-azurerm@0.6.37"],
    later: { azurerm_application_gateway: { http2_enabled: "bool" } },
  },
  {
    name: "azuread",
    prefix: "azuread_",
    source: "registry.terraform.io/hashicorp/azuread",
    repository: "https://github.com/hashicorp/terraform-provider-azuread",
    packages: ["@cdktf/provider-azuread@14.3.1"],
  },
  {
    name: "google",
    prefix: "google_",
    source: "registry.terraform.io/hashicorp/google",
    repository: "https://github.com/hashicorp/terraform-provider-google",
    packages: ["@cdktf/provider-google@16.12.1", "@cdktf/provider-google@12.0.0", "@cdktf/provider-google@8.0.0"],
  },
  {
    name: "kubernetes",
    prefix: "kubernetes_",
    source: "registry.terraform.io/hashicorp/kubernetes",
    repository: "https://github.com/hashicorp/terraform-provider-kubernetes",
    packages: ["@cdktf/provider-kubernetes@12.1.1"],
  },
];
