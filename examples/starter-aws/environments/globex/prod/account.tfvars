log_days = 730 # why: the contract with globex says two years
