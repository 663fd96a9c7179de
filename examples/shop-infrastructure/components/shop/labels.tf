module "labels" {
  source      = "../../modules/labels"
  component   = "shop"
  environment = var.environment
}
