# A rule that is asked once for each resource: `input` holds its type and its planned values.
package backups

import rego.v1

deny contains message if {
	input.resource_type == "lab_database"
	input.planned_values.backup_days < 3
	message := sprintf("the database %s keeps its backups for less than three days; a mistake made on Friday is found on Monday", [input.planned_values.name])
}
