/**
 * How settings records describe and check themselves.
 *
 * <p>A settings record is what an operator edits. Each component carries a {@link
 * payments.dr.configuration.settings.Setting}: the one place of its meaning, its default and its
 * range. Whoever makes a record ({@link payments.dr.configuration.settings.SettingsFactory}, or the
 * binder of files) fills in the defaults and checks each value under its key; the compact
 * constructor holds only the rules over several keys.
 */
package payments.dr.configuration.settings;
