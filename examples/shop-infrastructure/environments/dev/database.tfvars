size_gb     = 20 # why: as much as its data needs, with room to double
backup_days = 3  # why: backups are kept as long as somebody would miss the data
