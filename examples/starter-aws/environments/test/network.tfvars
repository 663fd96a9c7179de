cidr     = "10.20.0.0/16" # why: ranges do not overlap, so that two networks can be joined if they ever must
log_days = 30             # why: a month is enough to look into a fault
