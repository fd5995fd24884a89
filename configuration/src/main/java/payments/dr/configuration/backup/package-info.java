/**
 * Settings of recovery points: how often they are made, how long they are kept, and whether the
 * vaults are locked.
 */
package payments.dr.configuration.backup;
