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

variable "vpc_id" {
  description = "The network it stands in."
  type        = string
  nullable    = false
}

variable "vpc_cidr" {
  description = "From where it may be reached."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "The private subnets that it stands in."
  type        = list(string)
  nullable    = false
}

variable "key_arn" {
  description = "The key under which its storage is encrypted."
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

variable "multi_az" {
  description = "Whether a second machine in another zone takes over."
  type        = bool
  nullable    = false
}
