package no_deletion_test

import data.no_deletion
import rego.v1

change(type, actions) := {"resource_changes": [{"address": "x.y", "type": type, "change": {"actions": actions}}]}

test_a_database_stays if {
	count(no_deletion.deny) == 1 with input as change("aws_db_instance", ["delete", "create"])
}

test_what_holds_nothing_may_go if {
	count(no_deletion.deny) == 0 with input as change("aws_security_group", ["delete"])
}
