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

variable "key_arn" {
  description = "The key under which its data is encrypted."
  type        = string
  nullable    = false
}

variable "database_endpoint" {
  description = "Where the orders are, host:port."
  type        = string
  nullable    = false
}

variable "upload_days" {
  description = "For how many days uploads are kept."
  type        = number
  nullable    = false
}

variable "mail_api_key" {
  description = "Key of the mail service; a sealed variable."
  type        = string
  sensitive   = true
  nullable    = false
}
