"""The frozen values that pass between the rooms; they know nothing but each other and problems."""
