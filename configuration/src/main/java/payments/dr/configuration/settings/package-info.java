/**
 * How settings records describe and check themselves.
 *
 * <p>A settings record is what an operator edits. Each component carries a {@link
 * payments.dr.configuration.settings.Setting}; absent values arrive as {@code null} and get their
 * default in the compact constructor, which then checks everything through {@link
 * payments.dr.configuration.settings.Faults}.
 */
package payments.dr.configuration.settings;
