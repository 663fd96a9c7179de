variable "environment" {
  description = "The environment this runs in; part of names and tags, never of a decision."
  type        = string
  nullable    = false
}

variable "region" {
  description = "The region everything stands in."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}

variable "vpc_cidr" {
  description = "Address range of the network, a /16."
  type        = string
  nullable    = false
}

variable "instance_class" {
  description = "Size of the database's machine."
  type        = string
  nullable    = false
}

variable "size_gb" {
  description = "Storage in gigabytes."
  type        = number
  nullable    = false
}

variable "backup_days" {
  description = "For how many days backups are kept."
  type        = number
  nullable    = false
}

variable "admin_password" {
  description = "Password of the administrator; a sealed variable."
  type        = string
  sensitive   = true
  nullable    = false
}
