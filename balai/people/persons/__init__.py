"""Pages of people: the list of a region, one person, editing, adding, deciding about two that are alike."""
