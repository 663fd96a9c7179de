vpc_cidr       = "10.40.0.0/16" # why: ranges do not overlap, so that two environments can be joined if they ever must
instance_class = "db.m7g.large" # why: as strong as its load needs
size_gb        = 200            # why: as much as its data needs, with room to double
backup_days    = 30             # why: backups are kept as long as somebody would miss the data
