output "endpoint" {
  description = "Where the orders are, host:port."
  value       = lab_database.orders.endpoint
}
