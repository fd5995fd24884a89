/** What a drill leaves behind: a report for people and one for programs, a picture, and hashes. */
package payments.dr.operations.drill.evidence;
