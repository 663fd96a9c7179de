instances = 1      # why: as many as the expected visitors need
log_level = "info" # why: the closer to customers, the less detail is written down
