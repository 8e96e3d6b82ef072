"""WHO gets it: recipients, tables turned into recipients, selection. Pure."""
