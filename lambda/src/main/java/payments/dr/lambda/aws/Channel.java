package payments.dr.lambda.aws;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.sns.SnsClient;

/** One way to tell of a new phase. */
public interface Channel {

  /** Of every event on the bus. */
  String SOURCE = "payments-dr.failover";

  String DETAIL_TYPE = "Failover phase changed";

  /**
   * @param notice JSON
   * @throws RuntimeException when it was not taken
   */
  void tell(String notice);

  /** A topic, and the client in its Region. */
  record Topic(SnsClient client, String arn) implements Channel {
    @Override
    public void tell(String notice) {
      client.publish(request -> request.topicArn(arn).message(notice));
    }

    @Override
    public String toString() {
      return arn;
    }
  }

  /** An event bus of this Region. */
  record Bus(EventBridgeClient client, String name) implements Channel {
    @Override
    public void tell(String notice) {
      PutEventsRequestEntry event =
          PutEventsRequestEntry.builder()
              .eventBusName(name)
              .source(SOURCE)
              .detailType(DETAIL_TYPE)
              .detail(notice)
              .build();
      PutEventsResponse answer = client.putEvents(request -> request.entries(event));
      if (answer.failedEntryCount() > 0) {
        throw new IllegalStateException(
            "event bus " + name + " must take the event, got " + answer.entries());
      }
    }

    @Override
    public String toString() {
      return "event bus " + name;
    }
  }
}
