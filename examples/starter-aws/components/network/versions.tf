terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

# Credentials come from the environment: the reading ones for plans, the writing ones for applies.
provider "aws" {
  region = var.region

  default_tags {
    tags = module.labels.tags
  }
}
