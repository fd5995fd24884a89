/** The AWS Lambda function that runs the failover controller: its configuration and its wiring. */
package payments.dr.lambda.handler;
