module "labels" {
  source = "../../modules/labels"

  component   = "service"
  environment = var.environment
}
