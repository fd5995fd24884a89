/**
 * The payments data of both Regions: an Aurora PostgreSQL global database and a DynamoDB session
 * table, in generations that can stand side by side.
 *
 * <p>Here are the settings, what a generation offers to the rest of the system ({@link
 * payments.dr.modules.database.PaymentsDatabase}), the blocks that generations are composed of, and
 * the pointer that tells applications which one is active. Each generation is a package below.
 *
 * <p>Inputs: {@link payments.dr.configuration.database.GenerationSettings}, networks, keys, and the
 * security group of the application in each Region. Outputs: identifiers, ARNs and endpoints per
 * Region, and the statements an application's role needs. Defaults: two instances a Region in
 * different zones, TLS only, IAM sign-in, storage under the Region's own key, audit log for 400
 * days, backups for 14 days, a password that only Secrets Manager knows.
 */
package payments.dr.modules.database;
