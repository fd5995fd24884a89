-- What every Aurora server has before anybody made a database; run in single-user mode, where a blank line ends a statement.

-- AmazonRDS/latest/AuroraUserGuide/aurora_global_db_status.html: the columns, -1 and 1970 for the writer. How lag is
-- reckoned here is ours: what the last message of the writer took on its way while the replica has replayed all that it
-- was told of, otherwise the age of the newest transaction that it has. The emulator commits one a second.
CREATE FUNCTION pg_catalog.aurora_global_db_status(
  OUT aws_region text, OUT highest_lsn_written bigint, OUT durability_lag_in_msec bigint, OUT rpo_lag_in_msec bigint,
  OUT last_lag_calculation_time timestamptz, OUT feedback_epoch bigint, OUT feedback_xmin bigint)
RETURNS SETOF record LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT current_setting('local_aws.region'), (pg_current_wal_lsn() - '0/0')::bigint, -1::bigint, -1::bigint,
    'epoch'::timestamptz, 0::bigint, 0::bigint
  WHERE NOT pg_is_in_recovery()
  UNION ALL
  SELECT application_name, (replay_lsn - '0/0')::bigint, lag, lag, clock_timestamp(), 0, backend_xmin::text::bigint
  FROM pg_stat_replication
  CROSS JOIN LATERAL (SELECT coalesce(extract(epoch FROM replay_lag) * 1000, 0)::bigint) AS told (lag)
  WHERE NOT pg_is_in_recovery() AND usename = 'rdsadmin' AND state = 'streaming' AND application_name <> 'pg_basebackup'
  UNION ALL
  SELECT current_setting('local_aws.writer_region'), (receiver.latest_end_lsn - '0/0')::bigint, -1, -1, 'epoch', 0, 0
  FROM (VALUES (1)) AS one LEFT JOIN pg_stat_wal_receiver AS receiver ON true
  WHERE pg_is_in_recovery()
  UNION ALL
  SELECT current_setting('local_aws.region'), (pg_last_wal_replay_lsn() - '0/0')::bigint, lag, lag, clock_timestamp(), 0, 0
  FROM (VALUES (1)) AS one LEFT JOIN pg_stat_wal_receiver AS receiver ON true
  CROSS JOIN LATERAL (SELECT greatest(0, extract(epoch FROM CASE
    WHEN receiver.status = 'streaming' AND pg_last_wal_replay_lsn() >= receiver.latest_end_lsn
      AND clock_timestamp() - receiver.last_msg_receipt_time < interval '3 s'
    THEN receiver.last_msg_receipt_time - receiver.last_msg_send_time
    ELSE clock_timestamp() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())
  END) * 1000)::bigint) AS told (lag)
  WHERE pg_is_in_recovery()
$$;

