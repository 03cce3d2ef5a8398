"""The references: one module a homework; a function's name is a quantity, its parameters are what it needs."""
