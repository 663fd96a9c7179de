log_days = 90 # why: nobody looks further back in test
