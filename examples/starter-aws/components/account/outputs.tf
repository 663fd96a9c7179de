output "key_arn" {
  description = "The key under which this account's data is encrypted."
  value       = aws_kms_key.this.arn
}
