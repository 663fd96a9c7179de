module "labels" {
  source = "../../modules/labels"

  component   = "database"
  environment = var.environment
}
