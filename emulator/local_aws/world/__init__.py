"""What happens beside moto: time, faults, processes and who calls. Needs the standard library only."""
