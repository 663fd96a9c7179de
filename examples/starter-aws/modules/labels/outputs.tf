output "name" {
  description = "What things are called: company, component, environment."
  value       = "acme-${var.component}-${var.environment}"
}

output "tags" {
  description = "Tags of everything, by which cost and owner are found."
  value = {
    owner       = "shop-team"
    cost-centre = "4711"
    environment = var.environment
    component   = var.component
  }
}
