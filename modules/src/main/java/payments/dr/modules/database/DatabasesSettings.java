package payments.dr.modules.database;

import java.util.Objects;
import payments.dr.modules.settings.Faults;
import payments.dr.modules.settings.Setting;

/** The generations of the database, each with settings of its own. */
public record DatabasesSettings(@Setting("Second generation") DatabaseSettings v2) {

  public DatabasesSettings {
    v2 = Objects.requireNonNullElseGet(v2, DatabaseSettings::defaults);
    Faults.of(DatabasesSettings.class, v2).throwIfAny();
  }
}
