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

variable "cidr" {
  description = "Address range of the network, a /16."
  type        = string
  nullable    = false
}

variable "log_days" {
  description = "For how many days it is kept who talked to whom."
  type        = number
  nullable    = false
}

variable "key_arn" {
  description = "The key under which its logs are encrypted."
  type        = string
  nullable    = false
}
