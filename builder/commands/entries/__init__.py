"""Each command as the command line takes it: a module for each, loaded when it is called."""
