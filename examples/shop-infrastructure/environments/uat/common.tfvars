environment = "uat" # why: names and tags tell the environments apart
