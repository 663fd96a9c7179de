instance_class = "db.m7g.large" # why: as strong as its load needs
size_gb        = 200            # why: as much as its data needs, with room to double
backup_days    = 30             # why: backups are kept as long as somebody would miss the data
multi_az       = true           # why: it has to survive the loss of a zone
