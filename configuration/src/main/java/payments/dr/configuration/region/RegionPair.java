package payments.dr.configuration.region;

import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One value per Region of the pair. */
public record RegionPair<T>(T primary, T dr) {

  public RegionPair {
    Objects.requireNonNull(primary, "primary");
    Objects.requireNonNull(dr, "dr");
  }

  /** Returns the same value for both. */
  public static <T> RegionPair<T> of(T both) {
    return new RegionPair<>(both, both);
  }

  public T get(RegionRole role) {
    return switch (role) {
      case PRIMARY -> primary;
      case DR -> dr;
    };
  }

  public <R> RegionPair<R> map(Function<? super T, ? extends R> function) {
    return new RegionPair<>(function.apply(primary), function.apply(dr));
  }

  public <U, R> RegionPair<R> zip(
      RegionPair<U> other, BiFunction<? super T, ? super U, ? extends R> function) {
    return new RegionPair<>(function.apply(primary, other.primary), function.apply(dr, other.dr));
  }
}
