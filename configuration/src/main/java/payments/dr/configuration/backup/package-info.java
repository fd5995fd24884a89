/**
 * Settings of recovery points: how often they are made, how long they are kept, whether the vaults
 * are locked, and when restores are tried.
 */
package payments.dr.configuration.backup;
