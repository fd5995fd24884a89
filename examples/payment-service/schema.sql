-- The tables of the payment service. The application owns nothing, so that closing its role closes the database:
-- run this as the owner, who gives the application its rights by default (see ./dr database init), such as
--   psql "service=payments-v2" --set=ON_ERROR_STOP=1 --command='SET ROLE payments_owner' --file=schema.sql
-- Nothing here is drawn from a sequence: a migration or a promotion never has to bring one up to date.

CREATE TABLE payments (
  id uuid PRIMARY KEY,
  -- What the client chose. Of two requests with the same key, in whichever instance, one inserts.
  idempotency_key text NOT NULL UNIQUE,
  -- SHA-256 of what was asked for: the same key for something else is a client's error.
  request_hash bytea NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- In which Region it was committed.
  region text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The deep probe's: a row for each Region that ever wrote.
CREATE TABLE probe (
  region text PRIMARY KEY,
  probed_at timestamptz NOT NULL
);
