terraform {
  required_version = ">= 1.6"

  required_providers {
    lab = {
      source = "plumbline.internal/lab/lab"
    }
  }
}
