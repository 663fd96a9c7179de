import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";
import { resourceOf } from "./resource-example.ts";
import { oldTlsVersion } from "./tls-version.ts";

const webApps = [
  "azurerm_linux_web_app",
  "azurerm_windows_web_app",
  "azurerm_linux_web_app_slot",
  "azurerm_windows_web_app_slot",
  "azurerm_app_service",
  "azurerm_app_service_slot",
];
const functionApps = [
  "azurerm_linux_function_app",
  "azurerm_windows_function_app",
  "azurerm_linux_function_app_slot",
  "azurerm_windows_function_app_slot",
  "azurerm_function_app",
  "azurerm_function_app_slot",
  "azurerm_logic_app_standard",
];
const apps = [...webApps, ...functionApps];

/** An app with TLS, as other rules want it. */
function app(...lines: readonly string[]): string {
  return resourceOf("azurerm_linux_web_app", "https_only = true", ...lines);
}

function site(line: string): string {
  return app(`site_config {\n  ${line}\n}`);
}

export const azureAppServiceRules: Rule[] = [
  {
    id: "azure-app-plain-http",
    severity: "high",
    category: "encryption",
    title: "The app answers without TLS",
    resourceTypes: [...apps, "azurerm_function_app_flex_consumption"],
    // The provider takes false where nothing is said.
    failsWhen: not(isTrue("https_only")),
    why: "Passwords, cookies and tokens of visitors can be read by anybody on the way.",
    fix: "Set https_only = true.",
    controls: ["CIS Azure 3.0 9.1"],
    examples: { bad: resourceOf("azurerm_linux_web_app", "https_only = false"), good: app() },
  },
  {
    id: "azure-app-old-tls",
    severity: "high",
    category: "encryption",
    title: "The app takes TLS older than 1.2",
    resourceTypes: [...apps, "azurerm_function_app_flex_consumption"],
    failsWhen: any(
      oldTlsVersion("site_config.minimum_tls_version"),
      oldTlsVersion("site_config.min_tls_version"),
      oldTlsVersion("site_config.scm_minimum_tls_version"),
    ),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: 'Set minimum_tls_version = "1.2" (min_tls_version in the older resources) in site_config.',
    controls: ["CIS Azure 3.0 9.4"],
    examples: { bad: site('minimum_tls_version = "1.0"'), good: site('minimum_tls_version = "1.2"') },
  },
  {
    id: "azure-app-plain-ftp",
    severity: "medium",
    category: "encryption",
    title: "The app is deployed over FTP without TLS",
    resourceTypes: apps,
    // The older resources, which name a plan so, leave it to Azure, which allows it.
    failsWhen: any(
      oneOf("site_config.ftps_state", ["AllAllowed"]),
      all(not(present("site_config.ftps_state")), present("app_service_plan_id")),
    ),
    why: "The password that changes the app's code can be read by anybody on the way.",
    fix: 'Set ftps_state = "Disabled", or at least "FtpsOnly".',
    controls: ["CIS Azure 3.0 9.3"],
    examples: { bad: site('ftps_state = "AllAllowed"'), good: site('ftps_state = "Disabled"') },
  },
  {
    id: "azure-app-remote-debugging",
    severity: "medium",
    category: "exposure",
    title: "Debuggers may attach to the app from outside",
    resourceTypes: apps.filter((type) => type !== "azurerm_function_app_slot" && !/function_app$|logic_app/.test(type)),
    failsWhen: isTrue("site_config.remote_debugging_enabled"),
    why: "A debugger reads memory and secrets of the app, and its port is one more to attack.",
    fix: "Remove remote_debugging_enabled.",
    controls: ["CIS Azure 3.0 9.12"],
    examples: { bad: site("remote_debugging_enabled = true"), good: site("remote_debugging_enabled = false") },
  },
  {
    id: "azure-app-cors-everybody",
    severity: "medium",
    category: "exposure",
    title: "Every website may call the app from its visitors' browsers",
    resourceTypes: apps,
    failsWhen: anyMatches("site_config.cors.allowed_origins", /^\*$/),
    why: "A page of anybody can use what the browser of a visitor is let in for.",
    fix: "List the origins of your own pages in allowed_origins.",
    controls: [],
    examples: {
      bad: site('cors {\n    allowed_origins = ["*"]\n  }'),
      good: site('cors {\n    allowed_origins = ["https://shop.example.com"]\n  }'),
    },
  },
  {
    id: "azure-app-no-login",
    severity: "low",
    category: "identity",
    title: "The platform asks nobody to log in before the app is reached",
    resourceTypes: webApps,
    failsWhen: not(any(isTrue("auth_settings_v2.auth_enabled"), isTrue("auth_settings.enabled"))),
    why: "Then every page of the app has to check by itself who calls; one that forgets it is open.",
    fix: "Add auth_settings_v2 with auth_enabled = true, unless the app is meant for everybody.",
    controls: ["CIS Azure 3.0 9.2"],
    repair: "none",
    examples: {
      bad: app(),
      good: app("auth_settings_v2 {\n  auth_enabled = true\n}"),
    },
  },
  {
    id: "azure-app-no-identity",
    severity: "low",
    category: "identity",
    title: "The app has no identity of its own",
    resourceTypes: apps,
    failsWhen: not(present("identity")),
    why: "It needs passwords and keys for every service it calls, and those lie in its settings.",
    fix: "Add an identity block and give it the roles the app needs.",
    controls: [],
    examples: { bad: app(), good: app('identity {\n  type = "SystemAssigned"\n}') },
  },
  {
    id: "azure-app-http1-only",
    severity: "low",
    category: "hygiene",
    title: "The app does not speak HTTP/2",
    resourceTypes: apps,
    failsWhen: not(isTrue("site_config.http2_enabled")),
    why: "Older versions of the protocol are slower and get fewer mends.",
    fix: "Set http2_enabled = true in site_config.",
    controls: ["CIS Azure 3.0 9.10"],
    examples: { bad: site("http2_enabled = false"), good: site("http2_enabled = true") },
  },
  {
    id: "azure-app-http-logs-off",
    severity: "low",
    category: "logging",
    title: "The app's requests are not logged",
    resourceTypes: webApps.filter((type) => type !== "azurerm_app_service_slot"),
    failsWhen: not(present("logs.http_logs")),
    why: "After an attack nobody can tell what was called.",
    fix: "Add a logs block with http_logs.",
    controls: ["CIS Azure 5.0 6.1.1.6"],
    examples: {
      bad: app("logs {\n  failed_request_tracing = true\n}"),
      good: app(
        "logs {\n  failed_request_tracing = true\n  http_logs {\n    file_system {\n      retention_in_days = 7\n      retention_in_mb   = 35\n    }\n  }\n}",
      ),
    },
  },
  {
    id: "azure-app-basic-publishing",
    severity: "low",
    category: "identity",
    title: "The app's code can be changed with a publishing password",
    resourceTypes: [
      "azurerm_linux_web_app",
      "azurerm_windows_web_app",
      "azurerm_linux_function_app",
      "azurerm_windows_function_app",
    ],
    failsWhen: not(
      all(
        equals("ftp_publish_basic_authentication_enabled", false),
        equals("webdeploy_publish_basic_authentication_enabled", false),
      ),
    ),
    why: "The password knows no second factor, is shared, and stays when somebody leaves.",
    fix: "Set ftp_publish_basic_authentication_enabled and webdeploy_publish_basic_authentication_enabled to false.",
    controls: [],
    examples: {
      bad: app(),
      good: app(
        "ftp_publish_basic_authentication_enabled = false",
        "webdeploy_publish_basic_authentication_enabled = false",
      ),
    },
  },
  {
    id: "azure-app-old-runtime",
    severity: "medium",
    category: "hygiene",
    title: "The app runs on a version of its language that gets no more mends",
    resourceTypes: apps.filter((type) => !type.includes("logic_app")),
    failsWhen: any(
      anyMatches("site_config.application_stack.php_version", /^(?:[4-7]\.|8\.0)/),
      anyMatches("site_config.application_stack.python_version", /^(?:2\.|3\.[0-8]$)/),
      anyMatches("site_config.application_stack.node_version", /^~?(?:[0-9]|1[0-6])(?:-|$)/),
      anyMatches("site_config.application_stack.dotnet_version", /^v?(?:[23]\.|5\.)/),
      anyMatches(
        "site_config.linux_fx_version",
        /^(?:PHP\|[4-7]\.|PYTHON\|(?:2\.|3\.[0-8]$)|NODE\|(?:[0-9]|1[0-6])(?:[-.]|$))/i,
      ),
      anyMatches("site_config.php_version", /^[4-7]\./),
      anyMatches("site_config.python_version", /^2\.|^3\.[0-8]$/),
    ),
    why: "Faults that are found in it from now on stay open.",
    fix: "Name a version that is maintained.",
    controls: [],
    examples: {
      bad: site('application_stack {\n    node_version = "14-lts"\n  }'),
      good: site('application_stack {\n    node_version = "22-lts"\n  }'),
    },
  },
];
