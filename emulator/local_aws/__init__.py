"""AWS on loopback: moto plus the calls of the payments-dr stacks that moto lacks."""
