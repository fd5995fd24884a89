/**
 * From the files that operators edit to checked records.
 *
 * <p>Inputs: {@code main/environments/*.yaml}, {@code main/accounts/*.yaml}, {@code
 * main/measurements/*.yaml}, and the suffix of a throw-away environment. Outputs: a {@link
 * payments.dr.configuration.Configuration}, or an {@link
 * payments.dr.configuration.InvalidConfigurationException} that names every error of every file.
 * Defaults: those of the settings records; a group that a file leaves out has them all.
 */
package payments.dr.configuration;
