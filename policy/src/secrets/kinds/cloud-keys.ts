import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Keys of clouds and of the tools that run them. */
export const cloudKinds: readonly SecretKind[] = [
  {
    id: "aws-access-key",
    name: "AWS access key",
    // The letters and digits are base 32; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}/,
    hints: ["AKIA", "ASIA", "ABIA", "ACCA"],
  },
  startingWith("aws-bedrock-key", "Amazon Bedrock API key", "ABSK", /[A-Za-z0-9+/]{109,269}={0,2}/, {
    boundary: "base64",
  }),
  startingWith("google-api-key", "Google API key", "AIza", /[0-9A-Za-z_-]{35}/),
  startingWith("google-client-secret", "Google OAuth client secret", "GOCSPX-", /[0-9A-Za-z_-]{28}/),
  startingWith("google-refresh-token", "Google OAuth refresh token", "1//0", /[0-9A-Za-z_-]{40,120}/),
  {
    id: "azure-storage-key",
    name: "Azure storage account key",
    pattern: /AccountKey=[A-Za-z0-9+/]{86}==/,
    hints: ["AccountKey="],
    boundary: "none",
  },
  {
    id: "azure-bus-key",
    name: "Azure shared access key",
    pattern: /SharedAccessKey=[A-Za-z0-9+/]{43}=/,
    hints: ["SharedAccessKey="],
    boundary: "none",
  },
  {
    id: "azure-sas",
    name: "Azure shared access signature",
    pattern: /sv=20\d\d-\d\d-\d\d&[^\s"']{0,300}sig=[A-Za-z0-9%+/]{43,60}(?:%3[Dd]|=)/,
    hints: ["sig="],
    boundary: "none",
  },
  {
    id: "azure-client-secret",
    name: "Microsoft Entra client secret",
    pattern: /[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/,
    hints: ["Q~"],
  },
  {
    id: "azure-devops-token",
    name: "Azure DevOps token",
    pattern: /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}/,
    hints: ["AZDO"],
  },
  {
    id: "azure-function-key",
    name: "Azure Functions key",
    pattern: /[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==/,
    hints: ["AzFu"],
  },
  {
    id: "azure-search-key",
    name: "Azure AI Search key",
    pattern: /[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}/,
    hints: ["AzSe"],
  },
  {
    id: "azure-cache-key",
    name: "Azure Cache for Redis key",
    pattern: /[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=/,
    hints: ["AzCa"],
  },
  {
    id: "azure-registry-key",
    name: "Azure container registry password",
    pattern: /[A-Za-z0-9/+]{42}\+ACR[A-D][A-Za-z0-9]{5}/,
    hints: ["+ACR"],
    boundary: "base64",
  },
  {
    id: "digitalocean-token",
    name: "DigitalOcean token",
    pattern: /do[opr]_v1_[0-9a-f]{64}/,
    hints: ["dop_v1_", "doo_v1_", "dor_v1_"],
  },
  startingWith("alibaba-access-key", "Alibaba Cloud access key", "LTAI", /[A-Za-z0-9]{20}/),
  startingWith("tencent-access-key", "Tencent Cloud access key", "AKID", /[A-Za-z0-9]{32}/),
  startingWith("yandex-api-key", "Yandex Cloud API key", "AQVN", /[A-Za-z0-9_-]{35,38}/),
  startingWith("heroku-token", "Heroku API key", "HRKU-AA", /[0-9A-Za-z_-]{58}/),
  startingWith("fly-token", "Fly.io token", "FlyV1 fm", /[12][ar]?_[A-Za-z0-9+/]{80,500}={0,3}/, {
    boundary: "base64",
  }),
  startingWith("fly-access-token", "Fly.io access token", "fo1_", /[\w-]{43}/),
  {
    id: "cloudflare-origin-key",
    name: "Cloudflare origin CA key",
    pattern: /v1\.0-[0-9a-f]{24}-[0-9a-f]{146}/,
    hints: ["v1.0-"],
  },
  {
    id: "terraform-token",
    name: "HCP Terraform token",
    pattern: /[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}/,
    hints: [".atlasv1."],
  },
  startingWith("vault-token", "Vault service token", "hvs.", /[A-Za-z0-9_-]{24,200}/),
  startingWith("vault-batch-token", "Vault batch token", "hvb.", /[A-Za-z0-9_-]{100,300}/),
  startingWith("pulumi-token", "Pulumi access token", "pul-", /[0-9a-f]{40}/),
  {
    id: "doppler-token",
    name: "Doppler token",
    pattern: /dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[a-z0-9_-]{1,40}\.)?[A-Za-z0-9]{40,44}/,
    hints: ["dp."],
  },
  startingWith("onepassword-token", "1Password service account token", "ops_eyJ", /[A-Za-z0-9+/_-]{250,1500}={0,3}/),
  {
    id: "plumbline-token",
    name: "Plumbline token",
    pattern: /pl[str]_[A-Za-z0-9_-]{43}/,
    hints: ["pls_", "plt_", "plr_"],
  },
  {
    id: "tailscale-key",
    name: "Tailscale key",
    pattern: /tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{6,24}-[A-Za-z0-9]{20,40}/,
    hints: ["tskey-"],
  },
  startingWith("databricks-token", "Databricks token", "dapi", /[0-9a-f]{32}(?:-\d)?/),
];
