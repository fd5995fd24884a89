package payments.dr.configuration.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what one key of a settings record means and which values it takes. {@link Faults} checks it,
 * and the JSON Schema that editors use is generated from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it is, with its unit; one line, shown by editors. */
  String value();

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

  /** Whether the key may be absent and stay so; every other key has a default or is required. */
  boolean optional() default false;
}
