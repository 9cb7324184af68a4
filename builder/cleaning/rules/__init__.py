"""The rules of cleaning, a file for each theme; ``builder/cleaning/chain.py`` says in which order they run."""
