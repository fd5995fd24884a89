package payments.dr.configuration.baseline;

import payments.dr.configuration.settings.Setting;

/** What exists already in one Region, by the identifiers that Terraform imports it with. */
public record RegionAdoptionSettings(
    @Setting(
            value = "Name of the recorder of AWS Config",
            pattern = RegionAdoptionSettings.NAME,
            patternMeaning = RegionAdoptionSettings.NAME_MEANING,
            optional = true)
        String recorder,
    @Setting(
            value = "Name of the delivery channel of AWS Config, which then delivers to our bucket",
            pattern = RegionAdoptionSettings.NAME,
            patternMeaning = RegionAdoptionSettings.NAME_MEANING,
            optional = true)
        String channel,
    @Setting(
            value = "Id of the detector of GuardDuty",
            pattern = "[0-9a-f]{32}",
            patternMeaning = "32 hexadecimal digits",
            optional = true)
        String detector,
    @Setting(value = "Whether Security Hub is on already", defaultValue = "false")
        Boolean securityHub,
    @Setting(
            value = "Name of the analyzer of access from outside the account",
            pattern = "[A-Za-z][A-Za-z0-9_.-]{0,254}",
            patternMeaning = "1 to 255 letters, digits, and any of _.-, a letter first",
            optional = true)
        String analyzer) {

  // config/latest/APIReference/API_ConfigurationRecorder.html, API_DeliveryChannel.html
  static final String NAME = "\\S{1,256}";
  static final String NAME_MEANING = "1 to 256 characters without blanks";
}
