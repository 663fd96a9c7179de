environment = "test" # why: names and tags tell the environments apart
