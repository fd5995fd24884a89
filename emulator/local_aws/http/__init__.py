"""The way in: requests to AWS's APIs, to load balancers by name, and to the emulator itself below /emulator/."""
