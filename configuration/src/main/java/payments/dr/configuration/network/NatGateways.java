package payments.dr.configuration.network;

/** How many NAT gateways a VPC gets. */
public enum NatGateways {
  /** One a zone: losing a zone costs nobody else the internet. */
  PER_ZONE,
  /** One in all: cheaper, and its zone takes every zone's way out with it. */
  SINGLE
}
