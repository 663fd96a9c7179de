variable "environment" {
  description = "The environment this runs in; part of names and tags, never of a decision."
  type        = string
  nullable    = false
}

variable "network_id" {
  description = "The network it stands in."
  type        = string
  nullable    = false
}

variable "network_cidr" {
  description = "The addresses that may connect: those of the network."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "The private subnets it has an address in."
  type        = list(string)
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
