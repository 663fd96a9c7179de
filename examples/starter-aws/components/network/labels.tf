module "labels" {
  source = "../../modules/labels"

  component   = "network"
  environment = var.environment
}
