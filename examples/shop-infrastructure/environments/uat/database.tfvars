size_gb     = 50 # why: as much as its data needs, with room to double
backup_days = 7  # why: backups are kept as long as somebody would miss the data
