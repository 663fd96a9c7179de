output "name" {
  description = "The beginning of every name."
  value       = "shop-${var.component}-${var.environment}"
}

output "tags" {
  description = "The tags for every resource that can carry them."
  value = {
    owner       = var.owner
    cost-centre = var.cost_centre
    environment = var.environment
    component   = var.component
  }
}
