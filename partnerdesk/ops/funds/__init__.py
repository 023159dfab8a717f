"""What people do with funds and benefits: each step is one entry, checked against the fund as it then stands."""
