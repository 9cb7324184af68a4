"""Work in other processes: a worker beside this one, or many items shared among all processors. Only Linux forks."""
