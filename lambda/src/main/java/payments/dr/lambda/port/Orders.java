package payments.dr.lambda.port;

import payments.dr.lambda.model.ControlState;

/** Where humans leave what they want. */
public interface Orders {

  /** Reads what is there now, later than anything written before the call. */
  ControlState read();
}
