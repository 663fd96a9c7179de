output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "vpc_cidr" {
  description = "Its address range."
  value       = aws_vpc.this.cidr_block
}

output "private_subnet_ids" {
  description = "Subnets that the internet does not reach."
  value       = [for subnet in aws_subnet.private : subnet.id]
}
