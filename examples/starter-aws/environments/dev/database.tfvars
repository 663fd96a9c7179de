instance_class = "db.t4g.small" # why: as strong as its load needs
size_gb        = 20             # why: as much as its data needs, with room to double
backup_days    = 7              # why: backups are kept as long as somebody would miss the data
multi_az       = false          # why: an hour without it is no harm here
