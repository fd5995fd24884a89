package payments.dr.operations.migration.cutover;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.LeaseRenewer;
import payments.dr.ledger.Mutex;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.postgres.Cluster;

/**
 * A migration between two servers of a test, whose ledger and pointer are files in a folder.
 *
 * @param ahead what this process' clock is ahead: more than a dead holder's lease
 */
record Journey(Cluster v1, Cluster v2, Path folder, CutoverLimits limits, Duration ahead) {

  static final CutoverLimits LIMITS =
      new CutoverLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(300));

  /** Something to do with the migration. */
  interface Command<T> {
    T run(Migration migration);
  }

  FileLedger ledger() {
    return new FileLedger(folder.resolve("ledger"));
  }

  FilePointer pointer() {
    return new FilePointer(folder.resolve("pointer"));
  }

  MigrationRecord record() {
    return LedgerJournal.read(ledger(), "v1-v2").orElseThrow();
  }

  DataRecord data() {
    return DataRecord.read(ledger()).orElseThrow();
  }

  void begin() {
    ledger().write(List.of(DataRecord.first("v1", "us-east-1", Instant.now())));
    pointer().pointTo("v1");
  }

  Journey after(Duration more) {
    return new Journey(v1, v2, folder, limits, ahead.plus(more));
  }

  Journey with(CutoverLimits other) {
    return new Journey(v1, v2, folder, other, ahead);
  }

  Journey with(Cluster otherV1, Cluster otherV2) {
    return new Journey(otherV1, otherV2, folder, limits, ahead);
  }

  <T> T run(Command<T> command) {
    return run(command, UnaryOperator.identity(), new Printing());
  }

  void go(java.util.function.Consumer<Migration> command) {
    run(
        migration -> {
          command.accept(migration);
          return null;
        });
  }

  <T> T run(Command<T> command, UnaryOperator<Journal> decorated, Progress progress) {
    Clock clock = Clock.offset(Clock.systemUTC(), ahead);
    Holder holder = Holder.ofThisProcess("migration v1-v2");
    try (LeaseRenewer renewer =
        LeaseRenewer.start(new Mutex(ledger(), clock, Mutex.TTL).acquire(holder))) {
      Journal journal =
          decorated.apply(
              new LedgerJournal(ledger(), renewer.lease(), holder, clock, "v1-v2", "none"));
      return command.run(
          new Migration(
              v1, v2, journal, pointer(), limits, progress, Clock.systemUTC(), SqlChanges.MADE));
    }
  }
}
