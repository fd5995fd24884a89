package payments.dr.operations.doctor;

import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Result;

/** What a check came to. */
record Answer(Check check, Result result) {}
