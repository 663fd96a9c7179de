output "endpoint" {
  description = "Where the orders are, host:port."
  value       = aws_db_instance.orders.endpoint
}
