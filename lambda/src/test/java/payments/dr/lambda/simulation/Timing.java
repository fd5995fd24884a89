package payments.dr.lambda.simulation;

import java.util.SplittableRandom;

/**
 * How long the simulated world takes, in seconds.
 *
 * @param shortestDetection from a fault to the checkers' verdict, at least
 * @param longestDetection and at most
 * @param promotion until the DR Region writes
 * @param begin from the order to a failover that RDS shows as begun
 * @param latchSet from an object to DNS's new answer
 * @param latchReset of silence until the slow checks give up
 * @param dnsTtl how long resolvers remember
 * @param reconnect until clients have left connections that nobody answers
 * @param keepAlive until they have left those that a load balancer answers
 */
record Timing(
    int shortestDetection,
    int longestDetection,
    int promotion,
    int begin,
    int latchSet,
    int latchReset,
    int dnsTtl,
    int reconnect,
    int keepAlive) {

  /** What the recommended settings lead to. */
  static Timing recommended(SplittableRandom random) {
    return recommended(30 + random.nextInt(91));
  }

  static Timing recommended(int promotion) {
    return new Timing(28, 47, promotion, 10, 15, 100, 20, 15, 60);
  }
}
