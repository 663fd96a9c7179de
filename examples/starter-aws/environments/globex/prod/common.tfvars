environment = "globex-prod" # why: names and tags tell the environments apart
