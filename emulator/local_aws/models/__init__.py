"""AWS's published models of its services, as botocore holds them: which operation a request is, what it says, and what AWS would not take of it."""
