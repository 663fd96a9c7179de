variable "number" {
  type = string
}

variable "prefix" {
  type     = string
  default  = "zone"
  nullable = false
}

resource "terraform_data" "this" {
  count = 2
  input = "${var.prefix}-${var.number}-${count.index} in ${path.module}"
}

output "label" {
  value = terraform_data.this[0].input
}
