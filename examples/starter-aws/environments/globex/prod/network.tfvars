cidr     = "10.60.0.0/16" # why: ranges do not overlap, so that two networks can be joined if they ever must
log_days = 400            # why: auditors ask for a year
