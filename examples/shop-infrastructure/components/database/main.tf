resource "lab_firewall" "database" {
  name       = module.labels.name
  network_id = var.network_id
  tags       = module.labels.tags

  ingress = [
    {
      port        = 5432
      protocol    = "tcp"
      cidr        = var.network_cidr
      description = "PostgreSQL from inside the network"
    },
  ]
}

resource "lab_database" "orders" {
  name              = "${module.labels.name}-orders"
  engine            = "postgres"
  engine_version    = "16"
  size_gb           = var.size_gb
  public            = false
  storage_encrypted = true
  password          = var.admin_password
  firewall_id       = lab_firewall.database.id
  subnet_ids        = var.subnet_ids
  backup_days       = var.backup_days
  tags              = module.labels.tags
}
