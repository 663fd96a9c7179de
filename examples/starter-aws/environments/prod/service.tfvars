upload_days = 365 # why: customers ask for their uploads for a year
