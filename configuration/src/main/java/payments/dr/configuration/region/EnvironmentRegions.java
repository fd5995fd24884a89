package payments.dr.configuration.region;

import java.util.Optional;
import java.util.function.Function;
import payments.dr.configuration.settings.Setting;

/** The Regions of an environment: the pair that serves, and a third one that only bears witness. */
public record EnvironmentRegions(
    @Setting("The Region that serves") RegionSettings primary,
    @Setting("The Region that takes over") RegionSettings dr,
    @Setting(
            value =
                "A third Region, which holds nothing but a register of who may write; absent: there"
                    + " is none",
            pattern = RegionSettings.NAME_PATTERN,
            patternMeaning = RegionSettings.NAME_MEANING,
            optional = true)
        String witness) {

  /** Returns the two Regions that serve. */
  public RegionPair<RegionSettings> pair() {
    return new RegionPair<>(primary, dr);
  }

  /** Returns the settings of one of the two. */
  public RegionSettings get(RegionRole role) {
    return pair().get(role);
  }

  /** Returns what {@code function} makes of each of the two. */
  public <R> RegionPair<R> map(Function<? super RegionSettings, ? extends R> function) {
    return pair().map(function);
  }

  /** Returns the name of the third Region, such as {@code us-west-2}. */
  public Optional<String> third() {
    return Optional.ofNullable(witness);
  }
}
