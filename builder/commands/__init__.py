"""The commands of the command line: what each prints, and nothing of how the work is done."""
