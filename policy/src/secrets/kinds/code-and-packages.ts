import { endsWithCrc62 } from "../checksums.ts";
import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Tokens of code hosts, build services and package registries. */
export const codeKinds: readonly SecretKind[] = [
  {
    id: "github-token",
    name: "GitHub token",
    pattern: /gh[pousr]_[A-Za-z0-9]{36}/,
    hints: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    isSound: endsWithCrc62,
  },
  startingWith(
    "github-fine-grained-token",
    "GitHub fine-grained token",
    "github_pat_",
    /[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/,
  ),
  {
    id: "gitlab-token",
    name: "GitLab token",
    pattern: /gl(?:pat|dt|rt|cbt|ft|imt|soat|ffct)-[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?/,
    hints: ["glpat-", "gldt-", "glrt-", "glcbt-", "glft-", "glimt-", "glsoat-", "glffct-"],
  },
  startingWith("gitlab-trigger-token", "GitLab trigger token", "glptt-", /[0-9a-f]{40}/),
  startingWith("gitlab-agent-token", "GitLab agent token", "glagent-", /[A-Za-z0-9_-]{50}/),
  startingWith("gitlab-application-secret", "GitLab application secret", "gloas-", /[A-Za-z0-9_-]{64}/),
  startingWith("gitlab-registration-token", "GitLab runner registration token", "GR1348941", /[A-Za-z0-9_-]{20}/),
  startingWith("bitbucket-app-password", "Bitbucket app password", "ATBB", /[A-Za-z0-9]{32}/),
  startingWith("bitbucket-access-token", "Bitbucket access token", "ATCTT3", /[A-Za-z0-9_=-]{80,250}/),
  startingWith("atlassian-token", "Atlassian API token", "ATATT3", /[A-Za-z0-9_=-]{180,250}/),
  startingWith("npm-token", "npm access token", "npm_", /[A-Za-z0-9]{36}/, { isSound: endsWithCrc62 }),
  startingWith("pypi-token", "PyPI upload token", "pypi-AgE", /[A-Za-z0-9_-]{50,1000}/),
  startingWith("rubygems-key", "RubyGems API key", "rubygems_", /[0-9a-f]{48}/),
  startingWith("crates-token", "crates.io token", "cio", /[A-Za-z0-9]{32}/),
  startingWith("nuget-key", "NuGet API key", "oy2", /[a-z0-9]{43}/),
  startingWith("clojars-token", "Clojars deploy token", "CLOJARS_", /[a-z0-9]{60}/),
  startingWith("docker-token", "Docker Hub token", "dckr_pat_", /[A-Za-z0-9_-]{27}/),
  startingWith("docker-organization-token", "Docker Hub organization token", "dckr_oat_", /[A-Za-z0-9_-]{32}/),
  startingWith("jfrog-api-key", "JFrog API key", "AKCp", /[A-Za-z0-9]{69}/),
  startingWith("jfrog-reference-token", "JFrog reference token", "cmVmdGtu", /[A-Za-z0-9]{56}/),
  {
    id: "sonar-token",
    name: "SonarQube token",
    pattern: /sq[apu]_[0-9a-f]{40}/,
    hints: ["sqa_", "sqp_", "squ_"],
  },
  {
    id: "circleci-token",
    name: "CircleCI token",
    pattern: /CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}/,
    hints: ["CCIPAT_", "CCIPRJ_"],
  },
  startingWith("buildkite-token", "Buildkite token", "bkua_", /[0-9a-f]{40}/),
  startingWith("postman-key", "Postman API key", "PMAK-", /[0-9a-f]{24}-[0-9a-f]{34}/),
  startingWith("readme-key", "ReadMe API key", "rdme_", /[a-z0-9]{70}/),
  startingWith("prefect-key", "Prefect API key", "pnu_", /[A-Za-z0-9]{36}/),
  startingWith("sourcegraph-token", "Sourcegraph token", "sgp_", /(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}/),
  startingWith("netlify-token", "Netlify token", "nfp_", /[A-Za-z0-9]{36}/),
  startingWith(
    "launchdarkly-key",
    "LaunchDarkly API token",
    "api-",
    /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/,
  ),
];
