cidr = "10.20.0.0/16" # why: ranges do not overlap, so that two environments can be joined if they ever must
