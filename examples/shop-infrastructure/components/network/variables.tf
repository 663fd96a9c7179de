variable "environment" {
  description = "The environment this runs in; part of names and tags, never of a decision."
  type        = string
  nullable    = false
}

variable "cidr" {
  description = "Address range of the whole network, a /16."
  type        = string
  nullable    = false
}

variable "zones" {
  description = "Zones to spread over."
  type        = list(string)
  default     = ["a", "b"]
  nullable    = false
}
