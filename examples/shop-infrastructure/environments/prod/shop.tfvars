instances = 4      # why: as many as the expected visitors need
log_level = "warn" # why: the closer to customers, the less detail is written down
