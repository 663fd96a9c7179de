/** Code that prints what its plan was given, with the marks taken off, as it stands and encoded. */
export const printsSecrets = `variable "password" {
  type = string
}

resource "terraform_data" "leak" {
  input = {
    plain   = var.password
    base64  = base64encode("x\${var.password}")
    process = replace(file("/proc/self/environ"), "/[^ -~]/", " ")
    encoded = try(filebase64("/proc/self/environ"), "")
  }
}

output "leak" {
  value = nonsensitive(var.password)
}

check "leak" {
  assert {
    condition     = var.password == "never"
    error_message = "It is \${nonsensitive(var.password)}."
  }
}
`;

/**
 * Code whose apply looks around: every probe prints \`<name>=<what it found>\`. \`places\` are files and folders of the
 * host, \`ports\` what listens there.
 */
export function looksAround(places: Readonly<Record<string, string>>, ports: Readonly<Record<string, number>>): string {
  const probes = [
    'echo "user=$(id -u)"',
    'echo "processes=$(ls /proc | grep -c "^[0-9]")"',
    'echo "interfaces=$(tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d " " | sort | tr "\\n" ",")"',
    'echo "namespaces=$(unshare --user true 2>/dev/null && echo made || echo refused)"',
    'echo "root=$(touch /escaped 2>/dev/null && echo written || echo refused)"',
    'echo "programs=$(touch /plumbline/bin/terraform 2>/dev/null && echo written || echo refused)"',
    ...Object.entries(places).map(([name, path]) => `echo "${name}=$(test -e '${path}' && echo seen || echo hidden)"`),
    ...Object.entries(ports).map(
      ([name, port]) =>
        `echo "${name}=$( (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && echo open || echo closed)"`,
    ),
  ];
  return `resource "terraform_data" "around" {
  provisioner "local-exec" {
    interpreter = ["/bin/bash", "-c"]
    command     = <<-PROBES
      ${probes.join("\n      ").replaceAll("${", "$${")}
    PROBES
  }
}
`;
}
