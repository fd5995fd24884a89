package payments.dr.operations.doctor.deployment;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * Whether somebody is told of a Region's alarms: an address receives nothing before its owner has
 * confirmed.
 *
 * @param topic ARN
 */
public record AlertSubscriptions(String where, String topic) implements Check {

  private static final String PENDING = "PendingConfirmation";

  @Override
  public String name() {
    return "alert subscriptions";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(new Permission("sns:ListSubscriptionsByTopic", topic));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      return judge(
          aws
              .sns(where)
              .listSubscriptionsByTopicPaginator(request -> request.topicArn(topic))
              .subscriptions()
              .stream()
              .toList());
    } catch (NotFoundException e) {
      return Result.fails("topic " + topic + " must be there, got none", "deploy again");
    }
  }

  private static Result judge(List<Subscription> all) {
    List<String> pending =
        all.stream()
            .filter(one -> one.subscriptionArn().equals(PENDING))
            .map(Subscription::endpoint)
            .sorted()
            .toList();
    // Who has left is listed for a while, as "Deleted".
    long confirmed = all.stream().filter(one -> one.subscriptionArn().startsWith("arn:")).count();
    if (confirmed == 0) {
      return Result.fails(
          "a subscription must be confirmed, got %d waiting".formatted(pending.size()),
          "give notification.emails and deploy, then follow the link in AWS's message");
    }
    return pending.isEmpty()
        ? Result.ok(confirmed + " confirmed")
        : Result.attention(
            "%d confirmed, waiting for %s".formatted(confirmed, String.join(", ", pending)),
            "have them follow the link in AWS's message; it ends after two days, then subscribe anew");
  }
}
