resource "lab_subnet" "this" {
  for_each = { for index, zone in var.zones : zone => index }

  name       = "${var.name}-${each.key}"
  network_id = var.network_id
  cidr       = cidrsubnet(var.cidr, 4, each.value)
  zone       = each.key
  public     = var.public
  tags       = var.tags
}
