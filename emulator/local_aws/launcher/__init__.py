"""The commands of emulator/local-aws. Needs the standard library only, so that `stop` works without moto."""
