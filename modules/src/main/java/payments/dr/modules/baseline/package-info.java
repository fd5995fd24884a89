/**
 * What watches an AWS account as a whole, whichever environments live there.
 *
 * <p>Inputs: {@link payments.dr.configuration.baseline.BaselineSettings}. Defaults: off, because
 * most organizations have some of it already, and AWS allows each of it once in an account. On: a
 * trail of every Region in the DR Region; in both Regions a configuration history, GuardDuty,
 * Security Hub with its standards, an access analyzer, and encryption of every new volume. What
 * exists already is imported where the settings adopt it, and handed over where they leave it.
 */
package payments.dr.modules.baseline;
