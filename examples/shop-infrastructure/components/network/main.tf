resource "lab_network" "this" {
  name = module.labels.name
  cidr = var.cidr
  tags = module.labels.tags
}

module "private_subnets" {
  source     = "../../modules/subnets"
  name       = "${module.labels.name}-private"
  network_id = lab_network.this.id
  cidr       = cidrsubnet(var.cidr, 1, 0)
  zones      = var.zones
  tags       = module.labels.tags
}

module "public_subnets" {
  source     = "../../modules/subnets"
  name       = "${module.labels.name}-public"
  network_id = lab_network.this.id
  cidr       = cidrsubnet(var.cidr, 1, 1)
  zones      = var.zones
  public     = true
  tags       = module.labels.tags
}
