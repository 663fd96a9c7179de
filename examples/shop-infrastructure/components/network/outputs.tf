output "network_id" {
  description = "The network that everything else stands in."
  value       = lab_network.this.id
}

output "cidr" {
  description = "Its address range."
  value       = lab_network.this.cidr
}

output "private_subnet_ids" {
  description = "Subnets without a way to the internet, for data."
  value       = module.private_subnets.ids
}

output "public_subnet_ids" {
  description = "Subnets that the internet reaches, for what serves visitors."
  value       = module.public_subnets.ids
}
