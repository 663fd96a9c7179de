terraform {
  required_version = ">= 1.6"

  required_providers {
    lab = {
      source  = "plumbline.internal/lab/lab"
      version = "0.1.0"
    }
  }
}

# Endpoint, account and key come from the environment: LAB_ENDPOINT, LAB_ACCOUNT, LAB_TOKEN.
provider "lab" {}
