/**
 * Moves the session table between generations: a parallel copy, then whatever the source's stream
 * tells, until the application is moved over; then back the same way.
 *
 * <p>The rules by which nothing is lost, doubled or resurrected:
 *
 * <ul>
 *   <li>Whatever the copier writes carries an {@link
 *       payments.dr.operations.migration.sessions.Origin origin}: the place in the source's stream.
 *       A write needs an older one, or none, in its way.
 *   <li>The copy writes only where nothing is. The stream is followed from before it begins, so
 *       that anything newer comes by that way.
 *   <li>A delete leaves a tombstone until the copy is done, which the copy cannot overwrite.
 *   <li>A record that the copier's own write left is not copied back: its origin is new in it.
 * </ul>
 */
package payments.dr.operations.migration.sessions;
