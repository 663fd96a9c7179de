variable "component" {
  description = "The component that it is about."
  type        = string
  nullable    = false
}

variable "environment" {
  description = "The environment it runs in."
  type        = string
  nullable    = false
}
