output "ids" {
  description = "The subnets, in the order of their zones."
  value       = [for zone in var.zones : lab_subnet.this[zone].id]
}
