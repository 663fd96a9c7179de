# A rule over the whole plan, as conftest users write them: `input` is the plan's JSON.
package main

import rego.v1

# Nobody should wait for a review to learn that an image tag moves under their feet.
deny contains message if {
	some change in input.resource_changes
	change.type == "lab_service"
	change.change.after != null
	endswith(change.change.after.image, ":latest")
	message := sprintf("%s runs an image tagged latest; name a version, so that every environment runs what was tested", [change.address])
}
