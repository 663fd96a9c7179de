log_days = 400 # why: auditors ask for a year
