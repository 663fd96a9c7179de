# A policy of our own: what holds data is never deleted by a change, only by a destroy pull request of its own.
package no_deletion

import rego.v1

holding_data := {"aws_db_instance", "aws_s3_bucket", "aws_kms_key"}

deny contains result if {
	some change in input.resource_changes
	change.type in holding_data
	"delete" in change.change.actions
	result := {
		"msg": sprintf("%s holds data and would be deleted or made anew", [change.address]),
		"severity": "critical",
		"address": change.address,
	}
}
