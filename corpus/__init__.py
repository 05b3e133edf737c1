"""The documents that vanban is measured on: sample plans, their truth, their layout, their spoiling, the scorer."""
