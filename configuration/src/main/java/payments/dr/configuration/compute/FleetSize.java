package payments.dr.configuration.compute;

/**
 * How many instances the fleet of one Region has.
 *
 * @param min fewest that run
 * @param desired that a new fleet starts with
 * @param max most that run
 * @param reserved for which EC2's capacity is held, those that run included
 */
public record FleetSize(int min, int desired, int max, int reserved) {}
