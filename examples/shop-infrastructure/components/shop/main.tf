resource "lab_firewall" "shop" {
  name       = module.labels.name
  network_id = var.network_id
  tags       = module.labels.tags

  ingress = [
    {
      port        = 443
      protocol    = "tcp"
      cidr        = "0.0.0.0/0"
      description = "Visitors of the shop"
    },
  ]
}

resource "lab_service" "shop" {
  name              = module.labels.name
  image             = var.image
  instances         = var.instances
  port              = 443
  public            = true
  subnet_ids        = var.subnet_ids
  firewall_id       = lab_firewall.shop.id
  database_endpoint = var.database_endpoint
  tags              = module.labels.tags

  env = {
    LOG_LEVEL = var.log_level
    PICTURES  = lab_bucket.pictures.url
  }
}

resource "lab_bucket" "pictures" {
  name       = "${module.labels.name}-pictures"
  public     = false
  encrypted  = true
  versioning = true
  tags       = module.labels.tags
}

resource "lab_dns_record" "shop" {
  name  = "${var.environment}.shop.example.com"
  type  = "CNAME"
  value = trimprefix(lab_service.shop.url, "https://")
}
