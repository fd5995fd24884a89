package payments.dr.lambda.simulation;

/** What may go wrong in the simulated world, for a while each. */
enum SimulatedFault {
  /** The primary Region is dark. */
  REGION,
  /** The primary Region serves, but its control planes refuse every call. */
  CONTROL_PLANE,
  /** The primary Region's load balancer answers nothing. */
  FRONT_DOOR,
  /** The primary Region's cluster is down. */
  DATABASE,
  /** The same for so short that Aurora mends it inside the Region. */
  AZ,
  /** The Regions do not reach each other; everybody else reaches both. */
  PARTITION,
  /** The primary Region reaches neither the other one nor the witness; its customers reach it. */
  ISOLATED,
  /** The witness's Region is dark. */
  WITNESS,
  /** A third of the requests to the primary Region fails. */
  GRAY,
  /** Four of five requests to the primary Region fail. */
  BROWN,
  /** The primary Region's name has no address; heartbeats go on. */
  NO_ADDRESS,
  /** The DR Region is dark, the controller with it. */
  DR_REGION,
  /** The DR Region cannot serve: too few healthy targets. */
  DR_UNREADY,
  /** Replication falls behind by a second every two. */
  LAG,
  /** The checkers call a healthy endpoint dead. */
  CHECKERS,
  /** The checkers' verdict cannot be read. */
  BLIND,
  /** RDS refuses every move of a writer. */
  RDS_REFUSES,
  /** RDS takes a move of a writer without an answer, and shows it late. */
  RDS_LATE,
  /** RDS in the DR Region answers nothing. */
  RDS_SILENT,
  /** The DR Region's copy of the latch can be neither written nor read. */
  DR_STORAGE,
  /** The registers of a majority lease take no write from the controller. */
  REGISTERS,
  /** A fourth of the controller's calls fails. */
  FLAKY,
  /** The primary Region's function is not called: it writes no heartbeat. */
  NO_HEARTBEATS,
  /** RDS takes a move of a writer, and cancels it at its end. */
  RDS_CANCELS
}
