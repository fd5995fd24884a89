/** What drills measure: the figures of a recovery, assumed until a drill has shown them. */
package payments.dr.configuration.measurement;
