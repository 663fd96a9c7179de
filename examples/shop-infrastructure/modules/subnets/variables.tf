variable "name" {
  description = "Beginning of the subnets' names; the zone follows."
  type        = string
  nullable    = false
}

variable "network_id" {
  description = "The network they are part of."
  type        = string
  nullable    = false
}

variable "cidr" {
  description = "The part of the network's range to cut from."
  type        = string
  nullable    = false
}

variable "zones" {
  description = "One subnet is made for each."
  type        = list(string)
  nullable    = false
}

variable "public" {
  description = "Whether their addresses are reachable from the internet."
  type        = bool
  default     = false
  nullable    = false
}

variable "tags" {
  description = "Tags for each subnet."
  type        = map(string)
  nullable    = false
}
