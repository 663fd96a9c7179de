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

variable "subnet_ids" {
  description = "The public subnets that its servers are in."
  type        = list(string)
  nullable    = false
}

variable "database_endpoint" {
  description = "The database with the orders, host:port."
  type        = string
  nullable    = false
}

variable "image" {
  description = "The container image with its version; the same everywhere, a promotion carries it on."
  type        = string
  default     = "registry.example.com/shop:2.14.0"
  nullable    = false
}

variable "instances" {
  description = "How many servers run it."
  type        = number
  nullable    = false
}

variable "log_level" {
  description = "How much it writes into its log: debug, info or warn."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["debug", "info", "warn"], var.log_level)
    error_message = "The log level is debug, info or warn."
  }
}
