environment = "dev" # why: names and tags tell the environments apart
