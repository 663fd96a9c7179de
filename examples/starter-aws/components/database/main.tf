resource "aws_db_subnet_group" "this" {
  name       = module.labels.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "database" {
  name        = module.labels.name
  description = "Who reaches the database of the service"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "network" {
  security_group_id = aws_security_group.database.id
  description       = "PostgreSQL from inside the network"
  cidr_ipv4         = var.vpc_cidr
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

resource "aws_db_parameter_group" "this" {
  name   = module.labels.name
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "orders" {
  identifier     = "${module.labels.name}-orders"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = var.instance_class

  allocated_storage = var.size_gb
  storage_type      = "gp3"
  storage_encrypted = true
  kms_key_id        = var.key_arn

  db_name                             = "orders"
  username                            = "administrator"
  manage_master_user_password         = true # in the cloud's own vault: no state and no plan has it
  master_user_secret_kms_key_id       = var.key_arn
  iam_database_authentication_enabled = true

  publicly_accessible    = false
  multi_az               = var.multi_az
  db_subnet_group_name   = aws_db_subnet_group.this.name
  parameter_group_name   = aws_db_parameter_group.this.name
  vpc_security_group_ids = [aws_security_group.database.id]

  performance_insights_enabled    = true
  performance_insights_kms_key_id = var.key_arn
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  auto_minor_version_upgrade = true
  backup_retention_period    = var.backup_days
  copy_tags_to_snapshot      = true
  deletion_protection        = true
  skip_final_snapshot        = false
  final_snapshot_identifier  = "${module.labels.name}-orders-final"
}
