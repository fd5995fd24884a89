package payments.dr.lambda.aws;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/**
 * A zone's own name servers, asked all at once over UDP: the first answer counts. No resolver in
 * between remembers anything, and none in the primary Region is needed.
 *
 * @param servers names or addresses, with {@code :port} where it is not 53
 */
public record NameServers(List<String> servers) {

  private static final int DNS_PORT = 53;

  private static final Duration LIMIT = Duration.ofSeconds(2);

  /**
   * The records of that name and type; empty when there are none.
   *
   * @param type one of {@link org.xbill.DNS.Type}
   * @throws IOException when no server answered in time
   */
  List<Record> records(String name, int type) throws IOException {
    Name absolute = Name.fromString(name, Name.root);
    Message question = Message.newQuery(Record.newRecord(absolute, type, DClass.IN));
    return first(servers.stream().map(server -> ask(server, question)).toList()).stream()
        .filter(record -> record.getType() == type && record.getName().equals(absolute))
        .toList();
  }

  private CompletableFuture<List<Record>> ask(String server, Message question) {
    // A server's own name is resolved here and may take its time, hence on a thread of its own.
    return CompletableFuture.supplyAsync(() -> resolver(server))
        .thenCompose(resolver -> resolver.sendAsync(question))
        .thenApply(NameServers::answer)
        .toCompletableFuture();
  }

  private static SimpleResolver resolver(String server) {
    String[] parts = server.split(":", 2);
    try {
      SimpleResolver resolver = new SimpleResolver(parts[0]);
      resolver.setPort(parts.length == 1 ? DNS_PORT : Integer.parseInt(parts[1]));
      resolver.setTimeout(LIMIT);
      return resolver;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("name server " + server + " must have an address", e);
    }
  }

  private static List<Record> answer(Message message) {
    int code = message.getRcode();
    if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
      throw new IllegalStateException("name server must answer, got " + Rcode.string(code));
    }
    return message.getSection(Section.ANSWER);
  }

  private static List<Record> first(List<CompletableFuture<List<Record>>> answers)
      throws IOException {
    try {
      return Race.firstGood(answers).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("no name server answered: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no name server answered in " + LIMIT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while name servers were asked", e);
    }
  }
}
