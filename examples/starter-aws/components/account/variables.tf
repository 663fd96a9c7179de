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

variable "log_days" {
  description = "For how many days the audit trail is kept."
  type        = number
  nullable    = false
}
