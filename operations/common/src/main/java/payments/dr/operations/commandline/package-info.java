/** What all commands have in common: help, exit codes, and how faults are told. */
package payments.dr.operations.commandline;
