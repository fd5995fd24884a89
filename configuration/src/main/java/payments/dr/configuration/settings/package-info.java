/**
 * How settings records describe and check themselves.
 *
 * <p>A settings record is what an operator edits. Each component carries a {@link
 * payments.dr.configuration.settings.Setting}: the one place of its meaning, its default and its
 * range. The binder of files and {@link payments.dr.configuration.settings.SettingsFactory} fill in
 * the defaults and check each value under its key; the compact constructor holds only the rules
 * over several keys.
 */
package payments.dr.configuration.settings;
