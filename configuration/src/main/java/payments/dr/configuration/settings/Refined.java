package payments.dr.configuration.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of one key of a group what differs here from the key's own {@link Setting}, for a record
 * that holds the same kind of group more than once.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@Repeatable(Refined.All.class)
public @interface Refined {

  /** The key within the group. */
  String key();

  /** Takes the place of {@link Setting#value}, if given. */
  String value() default "";

  /** Takes the place of {@link Setting#defaultValue}, if given. */
  String defaultValue() default "";

  /** Takes the place of {@link Setting#pattern}, if given. */
  String pattern() default "";

  /** Takes the place of {@link Setting#patternMeaning}, if given. */
  String patternMeaning() default "";

  /** Holds several. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface All {

    Refined[] value();
  }
}
