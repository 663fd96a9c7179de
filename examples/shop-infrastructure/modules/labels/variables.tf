variable "component" {
  description = "The component that the resources belong to."
  type        = string
  nullable    = false
}

variable "environment" {
  description = "The environment that the resources belong to."
  type        = string
  nullable    = false
}

variable "owner" {
  description = "The team that answers for the resources."
  type        = string
  default     = "shop-team"
  nullable    = false
}

variable "cost_centre" {
  description = "Where the bill goes."
  type        = string
  default     = "4711"
  nullable    = false
}
