# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "plumbline.internal/lab/lab" {
  version     = "0.1.0"
  constraints = "0.1.0"
  hashes = [
    "h1:MFXItMQhm/OyNAEVAPg/lHlhp1c2L5rOkspq8+mTq6U=",
  ]
}
