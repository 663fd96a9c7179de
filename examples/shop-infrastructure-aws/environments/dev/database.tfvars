vpc_cidr       = "10.10.0.0/16" # why: ranges do not overlap, so that two environments can be joined if they ever must
instance_class = "db.t4g.micro" # why: as strong as its load needs
size_gb        = 20             # why: as much as its data needs, with room to double
backup_days    = 3              # why: backups are kept as long as somebody would miss the data
