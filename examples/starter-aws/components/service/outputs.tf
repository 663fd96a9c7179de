output "queue_url" {
  description = "Where orders are handed in."
  value       = aws_sqs_queue.orders.url
}

output "uploads_bucket" {
  description = "Where uploads lie."
  value       = aws_s3_bucket.uploads.id
}
