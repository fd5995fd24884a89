package payments.dr.configuration.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what one key of a settings record means, which values it takes, and what stands in for it
 * when a file leaves it out. {@link SettingsKey} checks it, and the JSON Schema that editors use is
 * generated from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it is, with its unit; one line, shown by editors. */
  String value();

  /**
   * What a file that leaves the key out gets, written as in the file: {@code 30}, {@code per-zone},
   * {@code [v2]}. A group has none: left out, it is made of the defaults of its own keys.
   */
  String defaultValue() default "";

  /** Smallest number, or fewest elements of a list. */
  int min() default Integer.MIN_VALUE;

  /** Largest number, or most elements of a list. */
  int max() default Integer.MAX_VALUE;

  /** Regular expression that a text, or each text of a list, matches as a whole. */
  String pattern() default "";

  /** The pattern in words, for the error message: "must be ...". */
  String patternMeaning() default "";

  /** The only values a text or number may have. */
  String[] oneOf() default {};

  /**
   * Whether the key may be absent without a default of its own: it stays absent, or the record
   * derives it from other keys. A key that is neither optional nor has a default is required.
   */
  boolean optional() default false;
}
