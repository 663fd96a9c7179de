resource "terraform_data" "json" {
  triggers_replace = ["over"]
}

locals {
  words = ["delta", "alpha", "charlie", "bravo"]
}
