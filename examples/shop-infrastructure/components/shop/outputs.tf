output "url" {
  description = "Where the shop answers."
  value       = lab_service.shop.url
}

output "public_name" {
  description = "The name that visitors use."
  value       = lab_dns_record.shop.name
}
