"""Whether policies allow a request, as IAM would say; knows nothing of this emulator.
IAM/latest/UserGuide/reference_policies_evaluation-logic.html"""
