terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

# Credentials come from the environment (AWS_ACCESS_KEY_ID and so on); an emulator's address too (AWS_ENDPOINT_URL).
provider "aws" {
  region = var.region

  default_tags {
    tags = {
      owner       = "shop-team"
      cost-centre = "4711"
      environment = var.environment
    }
  }
}
