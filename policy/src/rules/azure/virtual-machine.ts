import type { Rule } from "../../rule.ts";
import { all, any, equals, isTrue, not, oneOf, present, some } from "../../vocabulary/condition.ts";
import { resourceOf } from "./resource-example.ts";

const linux = "azurerm_linux_virtual_machine";
const windows = "azurerm_windows_virtual_machine";
const linuxSet = "azurerm_linux_virtual_machine_scale_set";
const windowsSet = "azurerm_windows_virtual_machine_scale_set";
const flexibleSet = "azurerm_orchestrated_virtual_machine_scale_set";
const olderMachine = "azurerm_virtual_machine";
const olderSet = "azurerm_virtual_machine_scale_set";

export const azureVirtualMachineRules: Rule[] = [
  {
    id: "azure-vm-password-login",
    severity: "high",
    category: "identity",
    title: "The machine takes passwords over SSH",
    resourceTypes: [linux, linuxSet, flexibleSet, olderMachine, olderSet],
    failsWhen: any(
      equals("disable_password_authentication", false),
      equals("os_profile_linux_config.disable_password_authentication", false),
      equals("os_profile.linux_configuration.disable_password_authentication", false),
    ),
    why: "Passwords are guessed all day long by machines that do nothing else.",
    fix: "Remove disable_password_authentication = false and add an admin_ssh_key.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(linux, "disable_password_authentication = false"),
      good: resourceOf(linux, "disable_password_authentication = true"),
    },
  },
  {
    id: "azure-vm-plain-winrm",
    severity: "high",
    category: "encryption",
    title: "The machine is managed over HTTP",
    resourceTypes: [windows, windowsSet, olderMachine, olderSet],
    failsWhen: any(
      some("winrm_listener", oneOf("protocol", ["Http", "HTTP"])),
      some("os_profile_windows_config.winrm", oneOf("protocol", ["Http", "HTTP", "http"])),
    ),
    why: "Who sits on the way reads and changes the commands that manage the machine.",
    fix: 'Set protocol = "Https" with a certificate_url, or remove the listener.',
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(windows, 'winrm_listener {\n  protocol = "Http"\n}'),
      good: resourceOf(windows, 'winrm_listener {\n  protocol = "Https"\n}'),
    },
  },
  {
    id: "azure-vm-public-address",
    severity: "medium",
    category: "exposure",
    title: "The machine has an address on the internet",
    resourceTypes: ["azurerm_network_interface", linuxSet, windowsSet, flexibleSet, olderSet],
    failsWhen: any(
      some("ip_configuration", present("public_ip_address_id"), ["name"]),
      some("network_interface", some("ip_configuration", present("public_ip_address")), ["name"]),
      some("network_profile", some("ip_configuration", present("public_ip_address_configuration")), ["name"]),
    ),
    why: "One wrong rule of a security group later anybody can attack it.",
    fix: "Remove the public address; use a bastion to log in and a load balancer or gateway for traffic.",
    controls: [],
    examples: {
      bad: resourceOf(
        "azurerm_network_interface",
        'ip_configuration {\n  name                 = "main"\n  public_ip_address_id = "orders"\n}',
      ),
      good: resourceOf("azurerm_network_interface", 'ip_configuration {\n  name = "main"\n}'),
    },
  },
  {
    id: "azure-vm-forwards-packets",
    severity: "low",
    category: "exposure",
    title: "The machine may forward packets of others",
    resourceTypes: ["azurerm_network_interface"],
    failsWhen: any(isTrue("ip_forwarding_enabled"), isTrue("enable_ip_forwarding")),
    why: "It can be used to get around the routes and rules of the network.",
    fix: "Remove ip_forwarding_enabled unless the machine is a router or firewall.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf("azurerm_network_interface", "ip_forwarding_enabled = true"),
      good: resourceOf("azurerm_network_interface", "ip_forwarding_enabled = false"),
    },
  },
  {
    id: "azure-vm-host-not-encrypted",
    severity: "low",
    category: "encryption",
    title: "Temporary disks and caches of the machine are not encrypted",
    resourceTypes: [linux, windows, linuxSet, windowsSet, flexibleSet],
    failsWhen: not(isTrue("encryption_at_host_enabled")),
    why: "Swap and temporary files lie in clear on the host.",
    fix: "Set encryption_at_host_enabled = true.",
    controls: [],
    repair: "none",
    examples: {
      bad: resourceOf(linux, 'size = "Standard_D2s_v5"'),
      good: resourceOf(linux, 'size = "Standard_D2s_v5"', "encryption_at_host_enabled = true"),
    },
  },
  {
    id: "azure-vm-boot-not-trusted",
    severity: "medium",
    category: "hygiene",
    title: "The machine starts whatever lies on its disk",
    resourceTypes: [linux, windows, linuxSet, windowsSet],
    failsWhen: not(all(isTrue("secure_boot_enabled"), isTrue("vtpm_enabled"))),
    why: "A root kit below the system stays through updates and is seen by nothing inside.",
    fix: "Set secure_boot_enabled and vtpm_enabled to true, with an image of the second generation.",
    controls: ["CIS Azure 3.0 8.11"],
    repair: "none",
    examples: {
      bad: resourceOf(linux, "vtpm_enabled = true"),
      good: resourceOf(linux, "secure_boot_enabled = true", "vtpm_enabled = true"),
    },
  },
  {
    id: "azure-vm-updates-off",
    severity: "medium",
    category: "hygiene",
    title: "Windows gets no updates by itself",
    resourceTypes: [windows, windowsSet, olderMachine],
    failsWhen: any(
      equals("automatic_updates_enabled", false),
      equals("enable_automatic_updates", false),
      equals("os_profile_windows_config.enable_automatic_upgrades", false),
    ),
    why: "Known faults stay open until somebody thinks of it.",
    fix: "Remove the setting, or let an update manager patch the machine.",
    controls: [],
    examples: {
      bad: resourceOf(windows, "automatic_updates_enabled = false"),
      good: resourceOf(windows, "automatic_updates_enabled = true"),
    },
  },
  {
    id: "azure-vm-unmanaged-disk",
    severity: "medium",
    category: "encryption",
    title: "The machine's disk is a file in a storage account",
    resourceTypes: [olderMachine, olderSet],
    failsWhen: any(
      present("storage_os_disk.vhd_uri"),
      some("storage_data_disk", present("vhd_uri")),
      present("storage_profile_os_disk.vhd_containers"),
    ),
    why: "Whoever has a key of the account can copy the disk; and Azure no longer supports it.",
    fix: "Use managed disks.",
    controls: [],
    examples: {
      bad: resourceOf(
        olderMachine,
        'storage_os_disk {\n  name    = "orders"\n  vhd_uri = "https://orders.blob.core.windows.net/vhds/orders.vhd"\n}',
      ),
      good: resourceOf(
        olderMachine,
        'storage_os_disk {\n  name              = "orders"\n  managed_disk_type = "Premium_LRS"\n}',
      ),
    },
  },
];
