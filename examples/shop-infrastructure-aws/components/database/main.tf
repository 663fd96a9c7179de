locals {
  name  = "shop-database-${var.environment}"
  zones = ["${var.region}a", "${var.region}b"]
}

resource "aws_vpc" "this" {
  cidr_block = var.vpc_cidr

  tags = { Name = local.name }
}

resource "aws_subnet" "private" {
  for_each = { for index, zone in local.zones : zone => index }

  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.vpc_cidr, 8, each.value)

  tags = { Name = "${local.name}-${each.key}" }
}

resource "aws_db_subnet_group" "this" {
  name       = local.name
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_security_group" "database" {
  name        = local.name
  description = "Who reaches the database of the shop"
  vpc_id      = aws_vpc.this.id

  ingress {
    description = "PostgreSQL from inside the network"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr]
  }
}

resource "aws_db_instance" "orders" {
  identifier     = "${local.name}-orders"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = var.instance_class

  allocated_storage = var.size_gb
  storage_type      = "gp3"
  storage_encrypted = true

  db_name  = "orders"
  username = "administrator"
  password = var.admin_password

  publicly_accessible    = false
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.database.id]

  backup_retention_period   = var.backup_days
  copy_tags_to_snapshot     = true
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "${local.name}-orders-final"
}
