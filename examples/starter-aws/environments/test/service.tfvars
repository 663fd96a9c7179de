upload_days = 14 # why: uploads of tests
