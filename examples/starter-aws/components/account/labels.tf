module "labels" {
  source = "../../modules/labels"

  component   = "account"
  environment = var.environment
}
