"""The references: one module a homework, plain functions; a function's name is a quantity, its parameters what it needs."""
